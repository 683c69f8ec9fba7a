//! Leads each instruction that names a function to where the function now is.

use wasmparser::Operator;

use crate::generated::Emitter;
use crate::rewrite::{Answer, Output, Pass};

/// The pass.
#[derive(Debug)]
pub struct Calls;

impl Pass for Calls {
    fn instruction(
        &mut self,
        op: &Operator<'_>,
        output: &mut Output<'_>,
        emitter: &Emitter<'_, '_>,
    ) -> Answer {
        let index = |function| emitter.plan.program_function(function);
        match *op {
            Operator::Call { function_index } => {
                output.code().sink().call(index(function_index));
            }
            Operator::ReturnCall { function_index } => {
                output.code().sink().return_call(index(function_index));
            }
            Operator::RefFunc { function_index } => {
                output.code().sink().ref_func(index(function_index));
            }
            _ => return Answer::Keep,
        }
        Answer::Replaced
    }
}

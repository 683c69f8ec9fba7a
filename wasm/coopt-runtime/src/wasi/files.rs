//! `wasi:filesystem`

use coopt_wasi::Files;

use crate::wasi::WasiHost;

mod preopens {
    #[link(wasm_import_module = "wasi:filesystem/preopens@0.3.0")]
    unsafe extern "C" {
        #[link_name = "get-directories"]
        pub safe fn preopens(to: u32);
    }
}

mod types {
    #[link(wasm_import_module = "wasi:filesystem/types@0.3.0")]
    unsafe extern "C" {
        #[link_name = "[resource-drop]descriptor"]
        pub safe fn node_drop(node: u32);
        #[link_name = "[method]descriptor.read-via-stream"]
        pub safe fn read_via_stream(node: u32, offset: u64, to: u32);
        #[link_name = "[method]descriptor.write-via-stream"]
        pub safe fn write_via_stream(node: u32, stream: u32, offset: u64) -> u32;
        #[link_name = "[method]descriptor.append-via-stream"]
        pub safe fn append_via_stream(node: u32, stream: u32) -> u32;
        #[link_name = "[method]descriptor.read-directory"]
        pub safe fn read_directory(node: u32, to: u32);
        #[link_name = "[async-lower][stream-read-0][method]descriptor.read-directory"]
        pub safe fn entries_read(stream: u32, to: u32, count: u32) -> u32;
        #[link_name = "[stream-drop-readable-0][method]descriptor.read-directory"]
        pub safe fn entries_drop(stream: u32);
        /// The results of all streams of files have one type.
        #[link_name = "[async-lower][future-read-1][method]descriptor.read-via-stream"]
        pub safe fn file_result_read(future: u32, to: u32) -> u32;
        #[link_name = "[future-cancel-read-1][method]descriptor.read-via-stream"]
        pub safe fn file_result_cancel(future: u32) -> u32;
        #[link_name = "[future-drop-readable-1][method]descriptor.read-via-stream"]
        pub safe fn file_result_drop(future: u32);
        #[link_name = "[async-lower][method]descriptor.advise"]
        pub safe fn advise(node: u32, offset: u64, len: u64, advice: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.sync-data"]
        pub safe fn sync_data(node: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.sync"]
        pub safe fn sync(node: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.get-type"]
        pub safe fn get_type(node: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.set-size"]
        pub safe fn set_size(node: u32, size: u64, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.set-times"]
        pub safe fn set_times(params: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.stat"]
        pub safe fn stat(node: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.metadata-hash"]
        pub safe fn metadata_hash(node: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.stat-at"]
        pub safe fn stat_at(node: u32, flags: u32, path: u32, len: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.metadata-hash-at"]
        pub safe fn metadata_hash_at(node: u32, flags: u32, path: u32, len: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.set-times-at"]
        pub safe fn set_times_at(params: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.open-at"]
        pub safe fn open_at(params: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.create-directory-at"]
        pub safe fn create_directory_at(node: u32, path: u32, len: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.remove-directory-at"]
        pub safe fn remove_directory_at(node: u32, path: u32, len: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.unlink-file-at"]
        pub safe fn unlink_file_at(node: u32, path: u32, len: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.readlink-at"]
        pub safe fn readlink_at(node: u32, path: u32, len: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.link-at"]
        pub safe fn link_at(params: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.rename-at"]
        pub safe fn rename_at(params: u32, to: u32) -> u32;
        #[link_name = "[async-lower][method]descriptor.symlink-at"]
        pub safe fn symlink_at(params: u32, to: u32) -> u32;
    }
}

/// Hands each function to its import.
macro_rules! files {
    ($($name:ident($($param:ident: $ty:ty),*) $(-> $result:ty)? = $from:ident;)*) => {
        impl Files for WasiHost {
            $(fn $name(&self, $($param: $ty),*) $(-> $result)? {
                $from::$name($($param),*)
            })*
        }
    };
}

files! {
    preopens(to: u32) = preopens;
    node_drop(node: u32) = types;
    read_via_stream(node: u32, offset: u64, to: u32) = types;
    write_via_stream(node: u32, stream: u32, offset: u64) -> u32 = types;
    append_via_stream(node: u32, stream: u32) -> u32 = types;
    read_directory(node: u32, to: u32) = types;
    entries_read(stream: u32, to: u32, count: u32) -> u32 = types;
    entries_drop(stream: u32) = types;
    file_result_read(future: u32, to: u32) -> u32 = types;
    file_result_cancel(future: u32) -> u32 = types;
    file_result_drop(future: u32) = types;
    advise(node: u32, offset: u64, len: u64, advice: u32, to: u32) -> u32 = types;
    sync_data(node: u32, to: u32) -> u32 = types;
    sync(node: u32, to: u32) -> u32 = types;
    get_type(node: u32, to: u32) -> u32 = types;
    set_size(node: u32, size: u64, to: u32) -> u32 = types;
    set_times(params: u32, to: u32) -> u32 = types;
    stat(node: u32, to: u32) -> u32 = types;
    metadata_hash(node: u32, to: u32) -> u32 = types;
    stat_at(node: u32, flags: u32, path: u32, len: u32, to: u32) -> u32 = types;
    metadata_hash_at(node: u32, flags: u32, path: u32, len: u32, to: u32) -> u32 = types;
    set_times_at(params: u32, to: u32) -> u32 = types;
    open_at(params: u32, to: u32) -> u32 = types;
    create_directory_at(node: u32, path: u32, len: u32, to: u32) -> u32 = types;
    remove_directory_at(node: u32, path: u32, len: u32, to: u32) -> u32 = types;
    unlink_file_at(node: u32, path: u32, len: u32, to: u32) -> u32 = types;
    readlink_at(node: u32, path: u32, len: u32, to: u32) -> u32 = types;
    link_at(params: u32, to: u32) -> u32 = types;
    rename_at(params: u32, to: u32) -> u32 = types;
    symlink_at(params: u32, to: u32) -> u32 = types;
}

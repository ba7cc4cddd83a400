//! Which servers does a list name? One a line, as on the command line; what follows `#` is a comment.

use std::path::Path;

use super::input::{Input, InputError};
use super::whole_file::read_whole;
use crate::cert::escape;

/// Servers of one list. Each may bring 64 KiB of certificates, and who asks thousands wants a scanner.
pub const MAX_HOSTS: usize = 1_000;

/// Bytes of a list: a name has 255 at most (RFC 1035 2.3.4), and there is room for a comment behind each.
const MAX_LIST: u64 = 1 << 20;

/// What a line says, escaped, and the server it is.
pub type ListedServer = (String, Result<Input, InputError>);

/// Every server of the list. Only servers are read: what a list of somebody else's names is not looked
/// for among the files.
pub fn read_host_list(path: &Path) -> Result<Vec<ListedServer>, InputError> {
    let failed = |reason: String| InputError::HostList { path: escape(&path.to_string_lossy()), reason };
    let text = read_whole(path, MAX_LIST).map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(text).map_err(|_| failed("not text in UTF-8".to_owned()))?;
    let names = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|name| !name.is_empty());
    let named: Vec<_> = names.take(MAX_HOSTS + 1).map(|name| (escape(name), Input::server(name))).collect();
    match named.len() {
        0 => Err(failed("names no server".to_owned())),
        count if count > MAX_HOSTS => Err(failed(format!("more than {MAX_HOSTS} servers"))),
        _ => Ok(named),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ServerInput;

    fn listed(text: impl AsRef<[u8]>) -> Result<Vec<ListedServer>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hosts");
        std::fs::write(&path, text).unwrap();
        read_host_list(&path).map_err(|error| error.to_string().replace(&*folder.path().to_string_lossy(), ""))
    }

    #[test]
    fn names_are_read_without_comments() {
        let read = listed("# ours\n\n a.test \r\nb.test:8443 # the other\nhttps://[::1]:1/\nsrc\nno such\x1b\n").unwrap();
        let server = |host: &str, port| Ok(Input::Server(ServerInput::new(host, port)));
        assert_eq!(read[0], ("a.test".to_owned(), server("a.test", 443)));
        assert_eq!(read[1], ("b.test:8443".to_owned(), server("b.test", 8443)));
        assert_eq!(read[2].1, server("::1", 1));
        // A folder of that name exists, and is left alone.
        assert_eq!(read[3].1, server("src", 443));
        assert_eq!((read[4].0.as_str(), read[4].1.is_err(), read.len()), (r"no such\u{1b}", true, 5));
    }

    #[test]
    fn what_is_no_list_is_said() {
        assert_eq!(listed("# nothing\n"), Err("host list /hosts: names no server".to_owned()));
        assert_eq!(listed([0xff, 0xfe]), Err("host list /hosts: not text in UTF-8".to_owned()));
        assert_eq!(listed("a.test\n".repeat(MAX_HOSTS + 1)), Err("host list /hosts: more than 1000 servers".to_owned()));
        assert_eq!(listed("a.test\n".repeat(MAX_HOSTS)).map(|all| all.len()), Ok(MAX_HOSTS));
        assert_eq!(
            listed(vec![b'#'; 1 << 21]),
            Err("host list /hosts: more than 1048576 bytes, the limit for one file; not read".to_owned())
        );
        assert!(read_host_list(Path::new("/no/such/list")).unwrap_err().to_string().starts_with("host list /no/such/list: "));
    }
}

//! What does a URL in a certificate, or in a redirect, lead to? Only http and https are followed.

use ureq::http::Uri;

use super::wanted::{FetchError, MAX_URL};
use crate::cert::escape;

/// A URL of http or https with a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Url {
    uri: Uri,
    host: String,
    port: u16,
}

impl Url {
    pub fn parse(text: &str) -> Result<Self, FetchError> {
        let broken = |reason: String| FetchError::Url { reason };
        if text.len() > MAX_URL {
            return Err(broken(format!("{} bytes, more than the {MAX_URL} that a URL may have", text.len())));
        }
        let (scheme, rest) = text.split_once(':').ok_or_else(|| broken("not a URL".to_owned()))?;
        let port = match scheme.to_ascii_lowercase().as_str() {
            "http" => 80,
            "https" => 443,
            _ => return Err(FetchError::Scheme),
        };
        let rest = rest.split('#').next().unwrap_or_default();
        if !rest.starts_with("//") {
            return Err(broken("a URL without a host".to_owned()));
        }
        let uri: Uri = format!("{scheme}:{rest}").parse().map_err(|error| broken(format!("not a URL: {error}")))?;
        let authority = uri.authority().ok_or_else(|| broken("a URL without a host".to_owned()))?;
        if authority.as_str().contains('@') {
            return Err(broken("a user name in a URL".to_owned()));
        }
        let written = authority.as_str().strip_prefix(authority.host()).unwrap_or_default();
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() {
            return Err(broken("a URL without a host".to_owned()));
        }
        let port = match written {
            "" | ":" => port,
            // The parser of URLs takes any digits.
            written => {
                let number = written.strip_prefix(':').and_then(|digits| digits.parse().ok()).filter(|port: &u16| *port > 0);
                number.ok_or_else(|| broken("a URL with something other than a port behind the host".to_owned()))?
            }
        };
        Ok(Self { uri, host, port })
    }

    /// Where a redirect leads (RFC 9110 10.2.2, RFC 3986 5.2; dots are left to the server).
    pub fn join(&self, location: &str) -> Result<Self, FetchError> {
        let has_scheme = location.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
        });
        if has_scheme {
            return Self::parse(location);
        }
        let scheme = self.uri.scheme_str().unwrap_or("http");
        if let Some(rest) = location.strip_prefix("//") {
            return Self::parse(&format!("{scheme}://{rest}"));
        }
        let authority = self.uri.authority().map_or("", |authority| authority.as_str());
        let path = self.uri.path();
        let whole = match location.chars().next() {
            Some('/') => location.to_owned(),
            Some('?') => format!("{path}{location}"),
            _ => format!("{}/{location}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
        };
        Self::parse(&format!("{scheme}://{authority}{whole}"))
    }

    /// With `more` behind its path, as one more segment.
    pub fn below(&self, more: &str) -> Result<Self, FetchError> {
        let whole = self.uri.to_string();
        Self::parse(&format!("{}/{more}", whole.trim_end_matches('/')))
    }

    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Escaped.
    pub fn place(&self) -> String {
        escape(&self.uri.to_string())
    }

    pub fn has_query(&self) -> bool {
        self.uri.query().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_http_and_https_with_a_host_are_followed() {
        for (text, host, port) in [
            ("http://a.test/x.crl", "a.test", 80),
            ("HTTPS://a.test", "a.test", 443),
            ("http://[::1]:8080/?q#f", "::1", 8080),
            ("http://127.1/", "127.1", 80),
        ] {
            let url = Url::parse(text).unwrap();
            assert_eq!((url.host(), url.port()), (host, port), "{text}");
        }
        for text in ["ldap://d/cn=x", "file:///etc/passwd", "ftp://a/", "javascript:x", "Directory name: CN=x"] {
            assert_eq!(Url::parse(text), Err(FetchError::Scheme), "{text}");
        }
        let long = format!("http://a/{}", "x".repeat(MAX_URL));
        for text in [
            "",
            "http://",
            "http:///x",
            "http:x",
            "http://u@a/",
            "http://u:p@a/",
            "http://a:0/",
            "http://a:99999/",
            "http://a b/",
            "http://a/\r\nX: y",
            &long,
        ] {
            assert!(matches!(Url::parse(text), Err(FetchError::Url { .. })), "{text}: {:?}", Url::parse(text));
        }
    }

    #[test]
    fn redirects_lead_where_they_say() {
        let base = Url::parse("http://a.test:81/x/y?q").unwrap();
        for (location, whole) in [
            ("https://b.test/z", "https://b.test/z"),
            ("//b.test/z", "http://b.test/z"),
            ("/z", "http://a.test:81/z"),
            ("z?k", "http://a.test:81/x/z?k"),
            ("?k", "http://a.test:81/x/y?k"),
        ] {
            assert_eq!(base.join(location).map(|url| url.place()), Ok(whole.to_owned()), "{location}");
        }
        assert_eq!(base.join("file:///etc/passwd"), Err(FetchError::Scheme));
        assert_eq!(Url::parse("http://o.test/").unwrap().below("MEU%3D").unwrap().place(), "http://o.test/MEU%3D");
    }
}

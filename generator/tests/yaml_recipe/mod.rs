//! The strings that a YAML emitter gets wrong: what YAML 1.1 reads as something else, what a parser takes for syntax, what
//! disappears at the ends of lines, and what no printer shows. Shared by `tests/yaml_strings.rs` and
//! `examples/yaml_strings.rs`.

mod chance;

use std::collections::BTreeSet;

use self::chance::Chance;

/// Strings of one kind.
pub(crate) struct Group {
    /// What is special about them.
    pub(crate) name: &'static str,
    /// The strings; none of them is in another group.
    pub(crate) strings: Vec<String>,
}

/// All strings, each once, the same ones in every run.
pub(crate) fn groups() -> Vec<Group> {
    let recipe: [(&'static str, Vec<String>); 15] = [
        ("words of YAML 1.1", words()),
        ("numbers", numbers()),
        ("times and dates", times()),
        ("indicators", indicators()),
        ("blanks and tabs at the ends", blanks()),
        ("line breaks", line_breaks()),
        ("characters that are not shown", hidden_characters()),
        ("characters of all planes", planes()),
        ("quotes and backslashes", quotes()),
        ("document markers, tags and anchors", syntax()),
        ("several lines", several_lines()),
        ("long lines", long_lines()),
        ("random text of all planes", random(&every_plane, 1_500)),
        ("random punctuation", random(&punctuation, 2_000)),
        ("random lines and blanks", random(&lines_and_blanks, 1_500)),
    ];
    let mut seen = BTreeSet::new();
    recipe
        .into_iter()
        .map(|(name, strings)| Group {
            name,
            strings: strings.into_iter().filter(|string| seen.insert(string.clone())).collect(),
        })
        .collect()
}

fn words() -> Vec<String> {
    let spelled = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "nil", "none", "t", "f"];
    let mut words: Vec<String> = spelled.iter().flat_map(|word| every_case(word)).collect();
    for sign in ["", "+", "-"] {
        words.extend(["inf", "nan"].iter().flat_map(|word| every_case(&format!("{sign}.{word}"))));
        words.extend(every_case(&format!("{sign}inf")));
    }
    words.extend(
        ["~", "=", "<<", "", "!", "!!", "!!str", "yes ", " no", "on:", "off#", "truely", "nullable"].map(String::from),
    );
    words
}

/// A word in all combinations of lower and upper case.
fn every_case(word: &str) -> Vec<String> {
    word.chars().fold(vec![String::new()], |stems, letter| {
        let cases = BTreeSet::from([letter.to_ascii_lowercase(), letter.to_ascii_uppercase()]);
        stems.iter().flat_map(|stem| cases.iter().map(move |case| format!("{stem}{case}"))).collect()
    })
}

fn numbers() -> Vec<String> {
    let bodies = [
        "0",
        "00",
        "1",
        "12",
        "007",
        "014",
        "08",
        "09",
        "0777",
        "1_000",
        "1__0",
        "_1",
        "1_",
        "1_0.5",
        "1_000_000",
        "0x1f",
        "0X1F",
        "0x",
        "0x_1",
        "0x1_f",
        "0xg",
        "0b101",
        "0B101",
        "0b1_0",
        "0b2",
        "0b",
        "0o17",
        "0O17",
        "0o8",
        "0o1_7",
        "1e3",
        "1E3",
        "1e+3",
        "1e-3",
        "1e",
        "1e_3",
        "1_e3",
        "1e1000",
        ".5",
        "5.",
        ".",
        "..",
        "0.5",
        "0.",
        ".0",
        "1.5e3",
        "1.5E-3",
        ".5e1",
        "1.e1",
        "1..2",
        "1.2.3",
        "1.4.2",
        "10.0.0.1",
        "10.0.0.0/8",
        "123456789012345678901234567890",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "0.1e-400",
        "1,000",
        "1 000",
        "0x1p3",
        "1f",
        "1d",
        "1L",
        "0_",
        "0__1",
        "_",
        "__",
        "_0x1",
        "1:0",
        "1e5e5",
        "12e03",
        "685230.15",
        "685_230.15",
        "685.230_15e+03",
        "02472256",
        "0o2472256",
        "0x0A74AE",
        "0b1010_0111_0100_1010_1110",
        "3.0e+1_0",
        "0.0_1",
    ];
    let mut numbers: Vec<String> =
        ["", "+", "-", "--", "+-"].iter().flat_map(|sign| bodies.map(|body| format!("{sign}{body}"))).collect();
    // Go reads these, too: a sign after the radix.
    numbers.extend(["0b+1", "0b-1", "0o-7", "0x-1", "0o+7", "-0b-1"].map(String::from));
    numbers
}

fn times() -> Vec<String> {
    let mut times: Vec<String> = [
        "12:30",
        "12:30:45",
        "190:20:30",
        "1:2:3",
        "1:60",
        "0:0",
        "-1:30",
        "+1:30",
        "1:30.5",
        "190:20:30.15",
        "1_0:30",
        "99:99:99",
        "24:00",
        "1:2:3:4",
        ":30",
        "30:",
    ]
    .map(String::from)
    .to_vec();
    for date in ["2001-01-01", "2001-1-1", "2001-12-14", "0000-00-00", "9999-99-99", "20010101", "2001-01", "2001"] {
        times.push(date.to_owned());
        for rest in [
            "t21:59:43.10-05:00",
            "T21:59:43Z",
            " 21:59:43.10 -5",
            " 2:59:43.10",
            "T1:2:3",
            "\t21:59:43",
            " 21:59:43,5",
            " ",
            "T",
            "-rc1",
            " x",
            " 21:59",
            "T21:59:43 Z",
            "T21:59:43+01",
            "T21:59:43+0100",
        ] {
            times.push(format!("{date}{rest}"));
        }
    }
    times
}

fn indicators() -> Vec<String> {
    let mut strings = Vec::new();
    for indicator in "-?:,[]{}#&*!|>'\"%@`~=<+./\\^$_;()".chars() {
        for shape in [
            "I", "II", "III", "I ", " I", "Ia", "aI", "I a", "a I", "aIa", "a I a", "a Ia", "aI a", "I\t", "I\ta",
            "a\tI", "I\na", "a\nI", "a\nI a", "a\n Ia", "I\n", "aI\nb", "aI \nb", "II a", "a II", "I:", ":I", "I: a",
            "a: I", "I #", "# I", "\"I\"", "'I'", "I-", "-I", "- I",
        ] {
            strings.push(shape.replace('I', &indicator.to_string()));
        }
    }
    strings
}

fn blanks() -> Vec<String> {
    let mut strings = Vec::new();
    for blank in [" ", "  ", "\t", " \t", "\t ", "\u{a0}", "\u{3000}", "\u{2003}", "\u{200b}"] {
        for shape in [
            "B", "Ba", "aB", "BaB", "aBb", "B1", "1B", "Btrue", "trueB", "BaBbB", "B\n", "\nB", "a\nB\nb", "B#",
            "aB#b", "a:Bb",
        ] {
            strings.push(shape.replace('B', blank));
        }
    }
    strings
}

fn line_breaks() -> Vec<String> {
    let mut strings = Vec::new();
    for line_break in ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}", "\n\r"] {
        for shape in [
            "L",
            "LL",
            "LLL",
            "La",
            "aL",
            "LaL",
            "aLb",
            "aLLb",
            "aLbL",
            "aLbLL",
            "aLbLLL",
            "LLa",
            "a Lb",
            "aL b",
            " aLb",
            "a\tLb",
            "aL\tb",
            "a: bLc: d",
            "- aL- b",
            "aL---Lb",
            "aL...Lb",
            "#aL#b",
            "aL#b",
            "a #L b",
            "aL Lb",
            "L a",
            "a\nbLc",
            "a\nbL",
            "La\nb",
            "\"aLb\"",
            "'aLb'",
            "\\aLb",
        ] {
            strings.push(shape.replace('L', line_break));
        }
    }
    strings
}

fn hidden_characters() -> Vec<String> {
    let controls = (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32);
    let others = [
        '\u{ad}',
        '\u{200b}',
        '\u{200e}',
        '\u{202e}',
        '\u{2060}',
        '\u{feff}',
        '\u{fff9}',
        '\u{fffd}',
        '\u{fffe}',
        '\u{ffff}',
        '\u{fdd0}',
        '\u{1ffff}',
        '\u{10ffff}',
        '\u{e0001}',
    ];
    controls
        .chain(others)
        .flat_map(|hidden| {
            ["H", "HH", "Ha", "aH", "aHb", "a\nHb", "a\nbH", "aH\nb", "a: H", "1H"]
                .map(|shape| shape.replace('H', &hidden.to_string()))
        })
        .collect()
}

fn planes() -> Vec<String> {
    [
        "\u{e4}\u{f6}\u{fc}\u{df}",
        "na\u{ef}ve",
        "\u{416}",
        "\u{5d0}\u{5d1}",
        "\u{627}\u{644}",
        "\u{4f60}\u{597d}",
        "\u{3053}\u{3093}",
        "\u{d55c}\u{ae00}",
        "\u{1f600}",
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "\u{1f1e9}\u{1f1ea}",
        "e\u{301}",
        "\u{301}",
        "\u{d7ff}",
        "\u{e000}",
        "\u{f8ff}",
        "\u{fffc}",
        "\u{10000}",
        "\u{1d11e}",
        "\u{20000}",
        "\u{f0000}",
        "\u{10fffd}",
        "\u{ff1a}",
        "\u{ff03}",
        "\u{2019}",
        "\u{201c}a\u{201d}",
        "\u{2014} a",
        "\u{2026}",
        "\u{660}\u{661}",
        "\u{ff11}\u{ff12}",
        "\u{b2}",
        "\u{221e}",
    ]
    .iter()
    .flat_map(|text| {
        [
            (*text).to_owned(),
            format!(" {text}"),
            format!("{text}: {text}"),
            format!("a\n{text}\n"),
            format!("{text} #{text}"),
        ]
    })
    .collect()
}

fn quotes() -> Vec<String> {
    let mut strings: Vec<String> = Vec::new();
    for first in [
        "\"",
        "'",
        "\\",
        "`",
        "\\\"",
        "\\'",
        "''",
        "\"\"",
        "\\\\",
        "\\n",
        "\\x41",
        "\\u0041",
        "\\U0001F600",
        "\\N",
        "\\ ",
        "\\/",
        "\\0",
    ] {
        for shape in ["Q", "aQ", "Qa", "QaQ", "aQb", "Q a Q", "a\nQ", "Q\na", "Q:", "Q #", "Q\u{1}", "Q\u{2028}", "y Q"]
        {
            strings.push(shape.replace('Q', first));
        }
    }
    strings
}

fn syntax() -> Vec<String> {
    let tokens = [
        "---",
        "...",
        "--- a",
        "... a",
        "---a",
        "...a",
        "----",
        "--",
        "..",
        "%YAML 1.1",
        "%TAG ! tag:x,2000:",
        "!tag a",
        "!!int 1",
        "!!binary aGk=",
        "!<tag:yaml.org,2002:str> a",
        "&a b",
        "*a",
        "&a",
        "<<: *a",
        "? a",
        "? a\n: b",
        "a: b",
        "a:b",
        "a :b",
        "a : b",
        ":a",
        "a:",
        "a: ",
        "#a",
        "a#b",
        "a #b",
        "a\t#b",
        "# a\nb",
        "[a, b]",
        "[a",
        "{a: b}",
        "{a",
        "{}",
        "[]",
        "{{ .Values.x }}",
        "${X}",
        "$(X)",
        "| a",
        "> a",
        "|\n a",
        ">-\n a",
        "|-",
        ">+",
        "- a\n- b",
        "a: b\nc: d",
        "\"a\": b",
        "'a': b",
        "\"a\" b",
        "'a' b",
        "null: null",
        "key: |\n  text",
        "<a href=\"x\">",
        "http://a.example.com:8080/x?y=z#f",
        "a,b",
        "a, b",
        "@a",
        "`a`",
        "100%",
        "%",
        "*.example.com",
        "!a",
        "&&",
        "||",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        "#!/bin/sh\nset -eu\nexec \"$@\"\n",
        "{\n  \"a\": [1, 2]\n}\n",
        "[section]\nkey = value\n\tindented = tab\n",
        "a:\n  b:\n    - c: d\n      e: |\n        f\n",
        "server {\n\tlisten 8080;\n}\n",
        "ingress:\n  - hostname: a\n    service: b\n  - service: http_status:404\n",
    ];
    tokens
        .iter()
        .flat_map(|token| {
            [
                (*token).to_owned(),
                format!("a\n{token}"),
                format!("{token}\nb"),
                format!("{token} "),
                format!(" {token}"),
                format!("a\n{token}\nb\n"),
            ]
        })
        .collect()
}

fn several_lines() -> Vec<String> {
    let mut strings = Vec::new();
    for before in ["", " ", "  ", "    ", "\t", "\n", "\n\n", "\n ", " \n", "\n\t", "\t\n"] {
        for body in [
            "a\nb",
            "a\n b",
            "a\n  b\nc",
            "a\n\tb",
            "a\n\nb",
            "a\n \nb",
            "a \nb",
            "a\t\nb",
            "a: 1\nb: 2",
            "- a\n- b",
            "# a\nb",
            "---\na",
            "yes\nno",
            "1\n2",
        ] {
            for after in ["", "\n", "\n\n", "\n\n\n", " ", "\n ", "\t", "\n\t", " \n"] {
                strings.push(format!("{before}{body}{after}"));
            }
        }
    }
    strings
}

fn long_lines() -> Vec<String> {
    let mut strings = Vec::new();
    for length in [79, 80, 81, 127, 128, 129, 1_022, 1_023, 1_024, 1_025, 5_000] {
        for piece in ["a", "ab ", "a: ", "a #", "\u{e4}", "\u{1f600}", "a\n", "a b\n", "\"", "\\", "1", "a  b ", "\ta "]
        {
            let text: String = piece.chars().cycle().take(length).collect();
            strings.push(text.trim_end_matches(' ').to_owned());
            strings.push(text.clone());
            strings.push(format!("a\n{text}\n"));
        }
    }
    strings
}

/// Texts of up to 24 characters which the given alphabet chooses.
fn random(alphabet: &dyn Fn(&mut Chance) -> char, count: usize) -> Vec<String> {
    let mut chance = Chance::new(count);
    (0..count)
        .map(|_| {
            let length = 1 + chance.below(24);
            (0..length).map(|_| alphabet(&mut chance)).collect()
        })
        .collect()
}

fn every_plane(chance: &mut Chance) -> char {
    let limit = [0x80, 0x800, 0x1_0000, 0x11_0000][chance.below(4)];
    char::from_u32(u32::try_from(chance.below(limit)).unwrap_or_default()).unwrap_or('\u{fffd}')
}

fn punctuation(chance: &mut Chance) -> char {
    chance.of("-?:,[]{}#&*!|>'\"%@`~=<.+_0123456789eExXoObByYnNtTfF   \t/\\")
}

fn lines_and_blanks(chance: &mut Chance) -> char {
    chance.of("ab \n\t:#-\"'ab\n\n  |>")
}

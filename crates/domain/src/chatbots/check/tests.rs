//! Every limit of a chatbot's settings, one row each (conversation.md § 4, decisions.md § Interactive texts).

use super::*;
use types::chatbots::{Holiday, Interval, TimeOfDay};
use types::{NumberId, QueueId};
use uuid::Uuid;

type Found = Vec<(String, FieldCode, Option<i64>)>;

fn faults(change: impl FnOnce(&mut ChatbotSettings)) -> Found {
    let mut settings = crate::chatbots::defaults(Language::Es);
    settings.faq.questions = vec![question("¿Cuánto cuesta?", "Precios", "Mucho")];
    settings.queues.own = vec![queue("Ventas")];
    change(&mut settings);
    check(&settings).into_iter().map(|fault| (fault.pointer, fault.code, fault.limit)).collect()
}

fn question(question: &str, label: &str, answer: &str) -> FaqQuestion {
    FaqQuestion { question: question.to_owned(), label: label.to_owned(), answer: answer.to_owned() }
}

fn queue(name: &str) -> OwnQueue {
    OwnQueue { id: None, name: name.to_owned(), agents: Vec::new() }
}

fn long(length: usize) -> String {
    "ñ".repeat(length)
}

fn found(pointer: &str, code: FieldCode) -> Found {
    vec![(pointer.to_owned(), code, None)]
}

fn beyond(pointer: &str, code: FieldCode, limit: i64) -> Found {
    vec![(pointer.to_owned(), code, Some(limit))]
}

/// Where a text is, and how it is switched on and written.
type Text = (&'static str, usize, fn(&mut ChatbotSettings, bool, String));

const TEXTS: [Text; 17] = [
    ("/conversation_flow/first_greeting/text", 4096, |s, on, text| {
        s.conversation_flow.first_greeting = OptionalText { on, text };
    }),
    ("/conversation_flow/return_greeting/text", 4096, |s, on, text| {
        (s.conversation_flow.return_greeting.on, s.conversation_flow.return_greeting.text) = (on, text);
    }),
    ("/conversation_flow/survey/invitation/text", 1024, |s, on, text| {
        s.conversation_flow.survey.kind = SurveyKind::Nps;
        s.conversation_flow.survey.invitation = OptionalText { on, text };
    }),
    ("/conversation_flow/survey/question", 1024, |s, on, text| {
        // Without a survey, a text for either kind may stand there.
        s.conversation_flow.survey.kind = if on || text.len() > 2000 { SurveyKind::Csat } else { SurveyKind::None };
        s.conversation_flow.survey.question = text;
    }),
    ("/conversation_flow/survey/question", 4096, |s, on, text| {
        s.conversation_flow.survey.kind = if on { SurveyKind::Nps } else { SurveyKind::None };
        s.conversation_flow.survey.question = text;
    }),
    ("/conversation_flow/survey/thanks/text", 4096, |s, on, text| {
        s.conversation_flow.survey.kind = SurveyKind::Nps;
        s.conversation_flow.survey.thanks = OptionalText { on, text };
    }),
    ("/faq/intro", 1024, |s, on, text| (s.faq.on, s.faq.intro) = (on, text)),
    ("/faq/questions/0/question", 72, |s, on, text| (s.faq.on, s.faq.questions[0].question) = (on, text)),
    ("/faq/questions/0/label", 24, |s, on, text| (s.faq.on, s.faq.questions[0].label) = (on, text)),
    ("/faq/questions/0/answer", 4096, |s, on, text| (s.faq.on, s.faq.questions[0].answer) = (on, text)),
    ("/faq/attendance_button/label", 20, |s, on, text| {
        s.faq.on = true;
        s.faq.attendance_button = AttendanceButton { on, label: text };
    }),
    ("/queues/prompt", 1024, |s, on, text| (s.queues.centre_on, s.queues.prompt) = (on, text)),
    ("/attention/pre_attendance/text", 4096, |s, on, text| {
        s.attention.pre_attendance = PreAttendance { on, text, cancel_button: false };
    }),
    ("/attention/pre_attendance/text", 1024, |s, on, text| {
        s.attention.pre_attendance = PreAttendance { on, text, cancel_button: true };
    }),
    ("/attention/absence/text", 4096, |s, on, text| {
        s.attention.absence = AbsenceSettings { on, text, suggested: None };
    }),
    ("/attention/absence/text", 1024, |s, on, text| {
        let suggested = Some(SuggestedContact::Number { number_id: NumberId(Uuid::nil()) });
        s.attention.absence = AbsenceSettings { on, text, suggested };
    }),
    ("/attention/notify_next_hours/text", 1024, |s, on, text| {
        s.attention.notify_next_hours = OptionalText { on, text };
    }),
];

#[test]
fn every_text_has_its_limit_on_or_off_and_says_something_when_it_is_on() {
    for (pointer, limit, write) in TEXTS {
        let with = |on, text: &str| faults(|settings| write(settings, on, text.to_owned()));
        assert_eq!(with(true, &long(limit)), [], "{pointer}");
        assert_eq!(
            with(true, " \n"),
            if is_line(pointer) { both(pointer) } else { found(pointer, FieldCode::Required) }
        );
        assert_eq!(with(false, ""), [], "{pointer} off");
        for on in [true, false] {
            let code = FieldCode::TooLong;
            assert_eq!(with(on, &long(limit + 1)), beyond(pointer, code, limit.try_into().unwrap()), "{pointer}");
        }
    }
}

fn is_line(pointer: &str) -> bool {
    pointer.ends_with("/label") || pointer.ends_with("0/question")
}

fn both(pointer: &str) -> Found {
    [found(pointer, FieldCode::Invalid), found(pointer, FieldCode::Required)].concat()
}

#[test]
fn texts_know_four_variables_and_no_other() {
    let greet = |text: &str| {
        let text = text.to_owned();
        faults(|settings| settings.conversation_flow.first_greeting = OptionalText { on: true, text })
    };
    let pointer = "/conversation_flow/first_greeting/text";
    assert_eq!(greet("{{contact.name}} {{ agent.name }} {{number.name}} {{company}} { } {{"), []);
    for wrong in ["{{1}}", "{{contact}}", "Hola {{Contact.name}}", "{{company}} y {{}}", "{{nombre}} {{company}}"] {
        assert_eq!(greet(wrong), found(pointer, FieldCode::UnknownVariable), "{wrong}");
    }
    let off = OptionalText { on: false, text: "{{x}}".into() };
    assert_eq!(faults(|settings| settings.conversation_flow.first_greeting = off), []);
    assert_eq!(greet("a\0b"), found(pointer, FieldCode::Invalid));
}

#[test]
fn silence_and_frequency_stay_within_their_range() {
    let silence = |minutes| faults(|settings| settings.conversation_flow.return_greeting.inactivity_minutes = minutes);
    let pointer = "/conversation_flow/return_greeting/inactivity_minutes";
    assert_eq!(silence(60), []);
    assert_eq!(silence(43_200), []);
    assert_eq!(silence(59), beyond(pointer, FieldCode::OutOfRange, 60));
    assert_eq!(silence(43_201), beyond(pointer, FieldCode::OutOfRange, 43_200));
    let every = |frequency| faults(|settings| settings.conversation_flow.survey.frequency = frequency);
    assert_eq!(every(SurveyFrequency::Days { days: 365 }), []);
    let pointer = "/conversation_flow/survey/frequency/days";
    assert_eq!(every(SurveyFrequency::Days { days: 366 }), beyond(pointer, FieldCode::OutOfRange, 365));
    let pointer = "/conversation_flow/survey/frequency/attendances";
    assert_eq!(every(SurveyFrequency::Attendances { attendances: 0 }), beyond(pointer, FieldCode::OutOfRange, 1));
}

#[test]
fn the_faq_has_one_to_ten_questions_with_labels_of_their_own() {
    let faq = |on, labels: &[&str]| {
        faults(|settings| {
            settings.faq.on = on;
            settings.faq.questions = labels.iter().map(|label| question("?", label, "!")).collect();
            settings.faq.attendance_button = AttendanceButton { on: true, label: "Hablar".into() };
        })
    };
    assert_eq!(faq(false, &[]), []);
    assert_eq!(faq(true, &[]), found("/faq/questions", FieldCode::Required));
    let many = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
    assert_eq!(faq(true, &many[..10]), []);
    assert_eq!(faq(true, &many), beyond("/faq/questions", FieldCode::TooMany, 10));
    assert_eq!(faq(true, &["Pago", "x", "PAGO "]), found("/faq/questions/2/label", FieldCode::Repeated));
    assert_eq!(faq(true, &["Envío", "ENVÍO"]), found("/faq/questions/1/label", FieldCode::Repeated));
    assert_eq!(faq(true, &["hablar"]), found("/faq/attendance_button/label", FieldCode::Repeated));
    assert_eq!(faq(true, &["a\tb"]), found("/faq/questions/0/label", FieldCode::Invalid));
}

#[test]
fn queues_have_names_of_their_own_and_never_the_default_ones() {
    let queues = |centre_on, names: &[&str]| {
        faults(|settings| {
            settings.queues.centre_on = centre_on;
            settings.queues.own = names.iter().map(|name| queue(name)).collect();
        })
    };
    assert_eq!(queues(false, &[]), []);
    assert_eq!(queues(true, &[]), found("/queues/own", FieldCode::Required));
    assert_eq!(queues(false, &[" "]), found("/queues/own/0/name", FieldCode::Required));
    assert_eq!(queues(true, &[&long(24)]), []);
    assert_eq!(queues(true, &[&long(25)]), beyond("/queues/own/0/name", FieldCode::TooLong, 24));
    assert_eq!(queues(false, &["Ventas", " ventas"]), found("/queues/own/1/name", FieldCode::Repeated));
    let many = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
    assert_eq!(queues(false, &many), beyond("/queues/own", FieldCode::TooMany, 10));
    for reserved in ["Otros asuntos", "OUTROS ASSUNTOS", " other matters "] {
        assert_eq!(queues(false, &[reserved]), found("/queues/own/0/name", FieldCode::ReservedName), "{reserved}");
    }
    let id = Some(QueueId(Uuid::nil()));
    let twice = faults(|settings| {
        settings.queues.own = vec![OwnQueue { id, ..queue("a") }, OwnQueue { id, ..queue("b") }];
    });
    assert_eq!(twice, found("/queues/own/1/id", FieldCode::Repeated));
}

#[test]
fn agents_are_emails_each_once_in_a_queue() {
    let agents = |emails: &[&str]| {
        let emails: Vec<String> = emails.iter().map(|email| (*email).to_owned()).collect();
        faults(|settings| {
            settings.queues.default_agents.clone_from(&emails);
            settings.queues.own[0].agents = emails;
        })
    };
    let twice = |place: &str, code| {
        [format!("/queues/default_agents{place}"), format!("/queues/own/0/agents{place}")]
            .map(|pointer| (pointer, code, None))
            .to_vec()
    };
    assert_eq!(agents(&["ana@example.com", "ben@example.com"]), []);
    assert_eq!(agents(&["ana@example.com", "ben"]), twice("/1", FieldCode::NotAnEmail));
    assert_eq!(agents(&["ana@example.com", "Ana@Example.com"]), twice("/1", FieldCode::Repeated));
    let many: Vec<String> = (0..201).map(|index| format!("a{index}@example.com")).collect();
    let many = faults(|settings| settings.queues.own[0].agents = many);
    assert_eq!(many, beyond("/queues/own/0/agents", FieldCode::TooMany, 200));
}

#[test]
fn a_suggested_phone_is_a_phone() {
    let suggest = |on, phone: &str, name: Option<&str>| {
        let suggested = Some(SuggestedContact::Phone { phone: phone.to_owned(), name: name.map(str::to_owned) });
        faults(|settings| settings.attention.absence = AbsenceSettings { on, text: "a".into(), suggested })
    };
    let pointer = "/attention/absence/suggested/phone";
    assert_eq!(suggest(true, "+56912345678", None), []);
    assert_eq!(suggest(true, "+56912345678", Some(&long(75))), []);
    assert_eq!(suggest(true, "", None), found(pointer, FieldCode::Required));
    assert_eq!(suggest(false, "", None), []);
    for wrong in ["912345678", "+56 9 1234", "+0123456789", "hola"] {
        assert_eq!(suggest(true, wrong, None), found(pointer, FieldCode::Invalid), "{wrong}");
    }
    let name = "/attention/absence/suggested/name";
    assert_eq!(suggest(false, "", Some(&long(76))), beyond(name, FieldCode::TooLong, 75));
}

#[test]
fn social_links_are_https_and_lead_to_their_network() {
    let link = |field: &str, link: &str, on| {
        faults(|settings| {
            let links = &mut settings.social_links;
            links.on = on;
            let place = match field {
                "instagram" => &mut links.instagram,
                "facebook" => &mut links.facebook,
                "x" => &mut links.x,
                "linkedin" => &mut links.linkedin,
                "youtube" => &mut links.youtube,
                "tiktok" => &mut links.tiktok,
                _ => &mut links.web,
            };
            link.clone_into(place);
        })
    };
    for (field, good) in [
        ("instagram", "https://www.instagram.com/cercano"),
        ("facebook", "https://facebook.com/cercano?x=1"),
        ("facebook", "https://es-la.facebook.com/cercano"),
        ("x", "https://x.com/cercano"),
        ("x", "https://twitter.com/cercano"),
        ("linkedin", "https://cl.linkedin.com/company/cercano"),
        ("youtube", "https://youtu.be/abc"),
        ("tiktok", "HTTPS://WWW.TIKTOK.COM/@cercano"),
        ("web", "https://peñalolén.example:8443/a"),
        ("web", ""),
    ] {
        assert_eq!(link(field, good, true), [], "{good}");
    }
    for (field, bad) in [
        ("instagram", "http://instagram.com/a"),
        ("instagram", "instagram.com/a"),
        ("instagram", "https://instagram.com.example.org/a"),
        ("instagram", "https://notinstagram.com/a"),
        ("instagram", "https://instagram.com@example.org/a"),
        ("facebook", "https://instagram.com/a"),
        ("x", "https://example.com/x.com"),
        ("tiktok", "https://"),
    ] {
        let pointer = format!("/social_links/{field}");
        assert_eq!(link(field, bad, true), found(&pointer, FieldCode::WrongHost), "{bad}");
        assert_eq!(link(field, bad, false), [], "{bad} while off");
    }
    for bad in ["http://example.com", "https://local", "https://a b.com", "https://a..com", "https://a.com:x", "ñandú"]
    {
        assert_eq!(link("web", bad, true), found("/social_links/web", FieldCode::NotAnAddress), "{bad}");
    }
    let longest = format!("https://a.com/{}", "a".repeat(242));
    assert_eq!(link("web", &longest, true), []);
    assert_eq!(link("web", &format!("{longest}a"), false), beyond("/social_links/web", FieldCode::TooLong, 256));
}

fn intervals(times: &[(&str, &str)]) -> Vec<Interval> {
    let at = |time: &str| time.parse::<TimeOfDay>().unwrap();
    times.iter().map(|(from, to)| Interval { from: at(from), to: at(to) }).collect()
}

#[test]
fn a_day_has_up_to_three_intervals_in_order() {
    let monday = |always, times: &[(&str, &str)]| {
        faults(|settings| {
            settings.hours.always = always;
            settings.hours.days.monday = intervals(times);
        })
    };
    let day = "/hours/days/monday";
    assert_eq!(monday(false, &[("00:00", "12:00"), ("12:00", "13:00"), ("14:00", "24:00")]), []);
    let four = [("00:00", "01:00"), ("02:00", "03:00"), ("04:00", "05:00"), ("06:00", "07:00")];
    assert_eq!(monday(false, &four), beyond(day, FieldCode::TooMany, 3));
    assert_eq!(monday(true, &four), beyond(day, FieldCode::TooMany, 3));
    let ends = found("/hours/days/monday/0/to", FieldCode::EndsBeforeItStarts);
    assert_eq!(monday(false, &[("10:00", "10:00")]), ends);
    assert_eq!(monday(false, &[("18:00", "09:00")]), ends);
    let overlaps = found("/hours/days/monday/1/from", FieldCode::Overlaps);
    assert_eq!(monday(false, &[("09:00", "13:00"), ("12:59", "18:00")]), overlaps);
    assert_eq!(monday(false, &[("14:00", "18:00"), ("09:00", "13:00")]), overlaps);
    assert_eq!(monday(true, &[("18:00", "09:00")]), []);
}

#[test]
fn hours_open_at_some_time_in_a_zone_that_exists() {
    let never = |always, holidays: Vec<Holiday>| {
        faults(|settings| {
            settings.hours.always = always;
            settings.hours.days = types::chatbots::WeekHours::default();
            settings.hours.holidays = holidays;
        })
    };
    let holiday =
        |times: &[(&str, &str)]| Holiday { day: 29, month: 2, name: "Bisiesto".into(), intervals: intervals(times) };
    assert_eq!(never(false, vec![]), found("/hours/days", FieldCode::Required));
    assert_eq!(never(false, vec![holiday(&[])]), found("/hours/days", FieldCode::Required));
    assert_eq!(never(false, vec![holiday(&[("09:00", "10:00")])]), []);
    assert_eq!(never(true, vec![]), []);
    let zone = |zone: Option<&str>| faults(|settings| settings.hours.time_zone = zone.map(str::to_owned));
    assert_eq!(zone(Some("America/Santiago")), []);
    assert_eq!(zone(None), []);
    for wrong in ["", "Santiago", "GMT-4", "America/Nowhere"] {
        assert_eq!(zone(Some(wrong)), found("/hours/time_zone", FieldCode::NotATimeZone), "{wrong}");
    }
}

#[test]
fn a_holiday_is_a_day_of_the_year_once_and_has_a_name() {
    let with = |days: &[(u8, u8, &str)]| {
        faults(|settings| {
            settings.hours.always = false;
            let holiday = |(day, month, name): &(u8, u8, &str)| Holiday {
                day: *day,
                month: *month,
                name: (*name).to_owned(),
                intervals: vec![],
            };
            settings.hours.holidays = days.iter().map(holiday).collect();
        })
    };
    assert_eq!(with(&[(29, 2, "Bisiesto"), (31, 12, "Fin de año")]), []);
    for (day, month) in [(30, 2), (31, 4), (0, 1), (1, 0), (1, 13), (32, 1)] {
        assert_eq!(with(&[(day, month, "x")]), found("/hours/holidays/0/day", FieldCode::NotADay), "{day}/{month}");
    }
    assert_eq!(with(&[(1, 5, "a"), (1, 5, "b")]), found("/hours/holidays/1/day", FieldCode::Repeated));
    assert_eq!(with(&[(1, 5, "")]), found("/hours/holidays/0/name", FieldCode::Required));
    assert_eq!(with(&[(1, 5, &long(61))]), beyond("/hours/holidays/0/name", FieldCode::TooLong, 60));
    let many: Vec<_> = (0..101).map(|n| (n % 28 + 1, n / 28 + 1, "x")).collect();
    assert_eq!(with(&many), beyond("/hours/holidays", FieldCode::TooMany, 100));
    let own = faults(|settings| {
        settings.hours.always = false;
        let intervals = intervals(&[("09:00", "13:00"), ("10:00", "10:00")]);
        settings.hours.holidays = vec![Holiday { day: 1, month: 1, name: "x".into(), intervals }];
    });
    let pointer = |field| format!("/hours/holidays/0/intervals/1/{field}");
    let expected = [found(&pointer("to"), FieldCode::EndsBeforeItStarts), found(&pointer("from"), FieldCode::Overlaps)];
    assert_eq!(own, expected.concat());
}

#[test]
fn the_unavailable_text_counts_while_hours_do() {
    let with = |always, text: String| {
        faults(|settings| {
            settings.hours.always = always;
            settings.hours.unavailable = OptionalText { on: true, text };
        })
    };
    let pointer = "/hours/unavailable/text";
    assert_eq!(with(false, String::new()), found(pointer, FieldCode::Required));
    assert_eq!(with(true, String::new()), []);
    assert_eq!(with(true, long(4097)), beyond(pointer, FieldCode::TooLong, 4096));
}

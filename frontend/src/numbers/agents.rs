//! Who attends a number: the list, who is added, and what removing somebody does.

use super::{page::Here, people_dialog::PeopleDialog};
use crate::{
    api::{self, Query},
    i18n::{t, t_string, td_string, use_i18n},
    language,
    remote::Change,
    session::Session,
    ui::{
        button::{Button, IconButton, Kind},
        dialog::Confirm,
        icon::Icon,
        state::{Avatar, Empty},
        toast::Toasts,
    },
};
use leptos::prelude::*;
use types::{
    MemberId, Permission,
    members::{AddedMember, MemberStatus, NewMemberWithProfile},
    numbers::{self, NEW_AGENTS_MAX, NumberAgent, NumberAgentRemoved, NumberAgentsInput, NumberCard},
};

#[component]
pub fn Agents(card: Signal<NumberCard>) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let session = Session::use_here();
    let adding = RwSignal::new(false);
    let change = Change::new();
    let added = RwSignal::new(None::<Vec<AddedMember>>);
    let add = move |(member_ids, new_members): (Vec<MemberId>, Vec<NewMemberWithProfile>)| {
        let (id, input) = (here.id.get_untracked(), NumberAgentsInput { member_ids, new_members });
        let work = async move { api::send(numbers::ADD_NUMBER_AGENTS, &[&id], &input).await };
        change.run(work, move |answer| {
            here.remote.value.set(Some(answer.number));
            added.set(Some(answer.added));
        });
    };
    let there = Signal::derive(move || card.with(|card| card.agents.iter().map(|agent| agent.id).collect::<Vec<_>>()));
    let may_add = move || here.may_edit.get() && session.can(Permission::ViewMembers);
    view! {
        <section class="card" aria-labelledby="number-agents">
            <div class="card-head">
                <div>
                    <h2 id="number-agents">{t!(i18n, numbers.agents)}</h2>
                    <p class="small">{t!(i18n, numbers.agents_text)}</p>
                </div>
                <Show when=may_add>
                    <Button kind=Kind::Primary icon=Icon::Plus on:click=move |_| adding.set(true)>{t!(i18n, numbers.add_agents)}</Button>
                </Show>
            </div>
            <Show when=move || here.may_edit.get() && !session.can(Permission::ViewMembers)>
                <p class="card-body muted">{t!(i18n, numbers.add_needs_members)}</p>
            </Show>
            <Show when=move || card.with(|card| !card.agents.is_empty()) fallback=move || view! {
                <Empty icon=Icon::People title=say!(i18n, numbers.no_agents) text=say!(i18n, numbers.no_agents_text) />
            }>
                <ul class="people-list">
                    <For each=move || card.with(|card| {
                            let owner = card.owner.as_ref().map(|owner| owner.id);
                            card.agents.iter().map(|agent| (agent.clone(), owner == Some(agent.id))).collect::<Vec<_>>()
                        })
                        key=|(agent, owns)| (agent.id, agent.name.clone(), agent.status, *owns)
                        children=move |(agent, owns)| view! { <Agent agent owns /> } />
                </ul>
            </Show>
            <PeopleDialog open=adding title=say!(i18n, numbers.add_agents) there change added on_add=Callback::new(add)
                existing=say!(i18n, numbers.existing_members) new_people=say!(i18n, numbers.new_agents)
                another=say!(i18n, numbers.new_agent) max=usize::try_from(NEW_AGENTS_MAX).unwrap_or(5) />
        </section>
    }
}

#[component]
fn Agent(agent: NumberAgent, owns: bool) -> impl IntoView {
    let i18n = use_i18n();
    let here = expect_context::<Here>();
    let toasts = Toasts::use_here();
    let removing = RwSignal::new(false);
    let change = Change::new();
    let member = agent.id;
    let name = StoredValue::new(agent.name.clone());
    let remove = move |()| {
        let id = here.id.get_untracked();
        let work = api::ask(numbers::REMOVE_NUMBER_AGENT, &[&id, &member], Query::none());
        change.run(work, move |done: NumberAgentRemoved| {
            tell(toasts, &done, &name.get_value());
            here.remote.value.set(Some(done.number));
        });
    };
    let status = move || match agent.status {
        MemberStatus::Invited => Some(t_string!(i18n, members.status_invited)),
        MemberStatus::Deactivated => Some(t_string!(i18n, members.status_deactivated)),
        MemberStatus::Active => None,
    };
    let label = Signal::derive(move || {
        if owns {
            t_string!(i18n, numbers.owner_stays, name = name.get_value()).to_string()
        } else {
            t_string!(i18n, numbers.remove_agent, name = name.get_value()).to_string()
        }
    });
    view! {
        <li class="person-row">
            <Avatar name=agent.name.clone() small=true />
            <div class="person-words"><p class="strong">{agent.name.clone()}</p><p class="muted small">{agent.email}</p></div>
            {owns.then(|| view! { <span class="badge accent">{t!(i18n, numbers.owner)}</span> })}
            {move || status().map(|words| view! { <span class="badge">{words}</span> })}
            <Show when=move || here.may_edit.get()>
                <IconButton icon=Icon::Minus small=true label disabled=Signal::derive(move || owns) on:click=move |_| removing.set(true) />
            </Show>
            <Confirm open=removing change on_confirm=Callback::new(remove)
                title=Signal::derive(move || t_string!(i18n, numbers.remove_agent, name = name.get_value()).to_string())
                consequence=say!(i18n, numbers.remove_agent_text) action=say!(i18n, ui.remove) />
        </li>
    }
}

/// Say what became of the agent's tickets and access.
fn tell(toasts: Toasts, done: &NumberAgentRemoved, name: &str) {
    let locale = language::locale(language::current());
    let mut words = vec![td_string!(locale, numbers.agent_removed, name = name.to_owned()).to_string()];
    match done.returned_tickets {
        0 => {}
        1 => words.push(td_string!(locale, numbers.tickets_returned_one).to_owned()),
        count => words.push(td_string!(locale, numbers.tickets_returned, count = count).to_string()),
    }
    if done.lost_access {
        words.push(td_string!(locale, numbers.lost_access, name = name.to_owned()).to_string());
        toasts.warn(words.join(" "));
    } else {
        toasts.success(words.join(" "));
    }
}

-- Who says who is in the team around a family: its lead practitioner, the lead's manager, the manager of the team that holds the
-- family or its open help; a service manager for every team. Held here so that no form can be bent round it.
create function guard.answers_for(family bigint) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
    with led as (
        select a.practitioner_id from episodes_allocation a where a.family_id = answers_for.family and a.until_at is null
    ), teams as (
        select f.team_id from people_family f where f.id = answers_for.family
        union select e.team_id from episodes_episode e where e.family_id = answers_for.family and e.state in ('waiting', 'open')
        union select r.team_id from platform_roleheld r join led on led.practitioner_id = r.user_id
               where r.role = 'practitioner' and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on)
    )
    select family <> all(guard.closed_ids())
       and (exists (select from led where practitioner_id = guard.user_id()
                       and (guard.has_role('practitioner') or guard.has_role('team_manager') or guard.has_role('service_manager')))
            or guard.has_role('service_manager')
            or exists (select from platform_roleheld r join teams t on t.team_id = r.team_id
                        where r.user_id = guard.user_id() and r.role = 'team_manager' and guard.has_role('team_manager')
                          and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on)))
$$;

create policy answers_for_it_add on governance_aroundmember as restrictive for insert with check (guard.answers_for(family_id));
create policy answers_for_it_change on governance_aroundmember as restrictive for update
    using (true) with check (guard.answers_for(family_id));

-- Whether there is a family of this number, for information governance, which sees none. A number a manager may not see is none.
create function guard.is_a_family(number bigint) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
    select guard.has_role('governance') and exists (select from people_family f where f.id = number)
$$;

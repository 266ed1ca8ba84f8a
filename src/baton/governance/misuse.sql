-- Misuse watch: what of a day's looks information governance should look into. Set-wise, each night, by the worker's job; each rule is a
-- function of the day that says which rule, who, which family and the facts, and nothing of what a record holds.
-- It reads closed families too: who governs reads who looked at them, and only they read alerts.

-- Panels come in a later migration.
set local check_function_bodies = off;

-- A day's looks at families: by whom, as what, at the place's own clock.
create function guard.looks_between(begins timestamptz, ends timestamptz, zone text)
returns table (by_id bigint, family_id bigint, what text, roles text[], at timestamptz, local timestamp)
language sql stable as $$  -- without a search path of its own, so that PostgreSQL plans it with what asks
    select a.by_id, a.family_id, a.what::text, a.roles::text[], a.recorded_at, a.recorded_at at time zone zone
      from public.platform_accessentry a
     where a.recorded_at >= begins and a.recorded_at < ends and a.family_id is not null
$$;

-- Everybody who is or was in the families looked at, as they are compared with staff.
create function guard.watch_likeness(begins timestamptz, ends timestamptz, zone text)
returns table (rule text, user_id bigint, family_id bigint, facts jsonb) language sql stable set search_path = public, pg_temp as $$
    with looked as (
        select l.by_id, l.family_id, count(*) as times, min(l.local) as first_at from guard.looks_between(begins, ends, zone) l
         where not l.roles <@ array['governance'] group by 1, 2
    ), staff as materialized (  -- each name is written plainly once, and not once a look
        select u.id, guard.plain(u.given_name) as given, guard.plain(u.family_name) as family, lower(u.email) as email,
               case when length(guard.sign(u.phone)) > 6 then guard.sign(u.phone) end as phone, d.date_of_birth,
               upper(replace(d.postcode, ' ', '')) as postcode
          from (select distinct by_id from looked) l join platform_user u on u.id = l.by_id left join governance_owndetails d on d.user_id = u.id
    ), people as materialized (
        select f.family_id, p.id, guard.plain(p.given_name) as given, guard.plain(p.known_as) as known,
               guard.plain(p.family_name) as family, p.date_of_birth, upper(replace(p.postcode, ' ', '')) as postcode
          from (select distinct l.family_id, m.person_id from looked l join people_familymember m on m.family_id = l.family_id) f
          join people_person p on p.id = f.person_id
    ), contacts as materialized (
        select c.person_id, lower(c.value) as email, guard.sign(c.value) as phone from people_contactpoint c
         where c.person_id in (select id from people)
    ), reached as (
        select c.person_id, s.id from contacts c join staff s on s.email = c.email
        union select c.person_id, s.id from contacts c join staff s on s.phone = c.phone
    ), compared as (
        select l.*, u.family = p.family as same_surname, u.family = p.family and u.given in (p.given, p.known) as same_name,
               u.date_of_birth is not null and u.date_of_birth = p.date_of_birth as same_birthday,
               u.postcode <> '' and u.postcode = p.postcode as same_address, r.id is not null as same_contact
          from looked l join staff u on u.id = l.by_id join people p on p.family_id = l.family_id
          left join reached r on r.person_id = p.id and r.id = u.id
    ), found as (
        select c.by_id, c.family_id, max(c.times) as times, min(c.first_at) as first_at, bool_or(c.same_surname) as same_surname,
               bool_or(c.same_address) as same_address,
               bool_or(c.same_contact or c.same_name and c.same_birthday) as own_record, bool_or(c.same_name) as same_name
          from compared c group by 1, 2
    )
    select case when own_record or same_name then 'own_record' when same_address then 'same_address' else 'same_surname' end,
           by_id, family_id,
           jsonb_build_object('times', times, 'at', first_at, 'name', same_name, 'certain', own_record, 'surname', same_surname)
      from found where own_record or same_name or same_address or same_surname
$$;

-- Families that somebody opened and never held: not led, not in the team around them, not named or sampled for, not of their team then.
create function guard.watch_no_relation(begins timestamptz, ends timestamptz, zone text)
returns table (rule text, user_id bigint, family_id bigint, facts jsonb) language sql stable set search_path = public, pg_temp as $$
    with looked as (
        select l.by_id, l.family_id, count(*) as times, count(distinct l.what) as pages, min(l.local) as first_at
          from guard.looks_between(begins, ends, zone) l
         where not l.roles && array['governance', 'service_manager', 'hub_adviser', 'coordinator'] group by 1, 2
    ), teams as (
        select f.id as family_id, f.team_id from people_family f join looked l on l.family_id = f.id where f.team_id is not null
        union select e.family_id, e.team_id from episodes_episode e join looked l on l.family_id = e.family_id
        union select c.family_id, (c.before ->> 'team_id')::bigint from platform_change c join looked l on l.family_id = c.family_id
               where c.record = 'people_family' and c.before ? 'team_id'
    )
    select 'no_relation', l.by_id, l.family_id,
           jsonb_build_object('times', l.times, 'pages', l.pages, 'at', l.first_at, 'emergency',
               exists (select from governance_emergency e where e.user_id = l.by_id and e.family_id = l.family_id))
      from looked l
     where not exists (select from episodes_allocation a where a.practitioner_id = l.by_id and a.family_id = l.family_id)
       and not exists (select from governance_aroundmember m where m.user_id = l.by_id and m.family_id = l.family_id)
       and not exists (select from governance_namedperson n where n.user_id = l.by_id and n.family_id = l.family_id)
       and not exists (select from governance_sample s where s.auditor_id = l.by_id and s.family_id = l.family_id)
       and not exists (select from governance_panelcase c join platform_roleheld r on r.locality_id = c.locality_id
                        where c.family_id = l.family_id and r.user_id = l.by_id and r.role = 'panel_chair'
                          and c.brought_at < ends and (c.decided_at is null or c.decided_at >= begins))
       and not exists (select from teams t join platform_roleheld r on r.team_id = t.team_id
                        where t.family_id = l.family_id and r.user_id = l.by_id and r.role in ('practitioner', 'team_manager')
                          and r.from_on <= (ends at time zone zone)::date
                          and (r.until_on is null or r.until_on >= (begins at time zone zone)::date))
$$;

-- How many families each person opened each day of the four weeks before, and how many at night; beside others of their roles.
create function guard.watch_unusual(begins timestamptz, ends timestamptz, zone text)
returns table (rule text, user_id bigint, family_id bigint, facts jsonb) language sql stable set search_path = public, pg_temp as $$
    with looks as (  -- each family once a day: counting rows costs less than counting what is distinct among them
        select l.by_id, l.local::date as on_day, l.at >= begins as is_now, l.roles, l.family_id,
               min(l.local) filter (where l.local::time < '06:00' or l.local::time >= '22:00') as night_from,
               max(l.local) filter (where l.local::time < '06:00' or l.local::time >= '22:00') as night_until
          from (select * from guard.looks_between(begins - interval '28 days', ends, zone) offset 0) l  -- the place's clock is read once a look
         group by 1, 2, 3, 4, 5
    ), days as (
        select by_id, on_day, is_now, roles, count(*) as families, count(night_from) as nightly, min(night_from) as night_from,
               max(night_until) as night_until
          from looks group by 1, 2, 3, 4
    ), own as (
        select by_id, avg(families) as families, count(*) as days, sum(nightly) as nightly from days where not is_now group by 1
    ), of_roles as (
        select roles, percentile_cont(0.95) within group (order by families) as most,
               sum(nightly)::float / greatest(sum(families), 1) as share_at_night
          from days where not is_now group by 1
    ), compared as (
        select d.*, coalesce(o.families, 0) as usual, coalesce(o.days, 0) as known_days, coalesce(o.nightly, 0) as usual_nightly,
               coalesce(r.most, 0) as most_of_role, coalesce(r.share_at_night, 0) as share_at_night
          from days d left join own o on o.by_id = d.by_id left join of_roles r on r.roles = d.roles where d.is_now
    )
    select 'unusual_number', by_id, null::bigint, jsonb_build_object('on', on_day, 'families', families, 'usual', round(usual, 1),
                                                                    'days', known_days, 'most_of_role', round(most_of_role))
      from compared where families >= 15 and families > 3 * greatest(usual, 2) and families > most_of_role
    union all
    select 'unusual_hours', by_id, null, jsonb_build_object('on', on_day, 'families', nightly, 'from', night_from, 'until', night_until,
                                                           'usual', usual_nightly, 'share_of_role', round((100 * share_at_night)::numeric))
      from compared where nightly >= 3 and nightly > 2 * usual_nightly and share_at_night < 0.1
$$;

-- Somebody whose last role ends within a week of the day, or ended on it: how many families they opened, and what they took away.
create function guard.watch_leavers(begins timestamptz, ends timestamptz, zone text)
returns table (rule text, user_id bigint, family_id bigint, facts jsonb) language sql stable set search_path = public, pg_temp as $$
    with leaving as (
        select r.user_id, max(r.until_on) as leaves_on from platform_roleheld r group by 1
        having bool_and(r.until_on is not null)
           and max(r.until_on) between (begins at time zone zone)::date and (begins at time zone zone)::date + 6
    ), now as (
        select l.by_id, (begins at time zone zone)::date as on_day, count(distinct l.family_id) as families,
               count(*) filter (where l.what ~ '(copy|print|PDF|export|download|on paper|^file of)'
                                  and l.what !~ '^(mark|marks|row) of a copy') as taken,
               count(distinct l.family_id) filter (where not exists (select from episodes_allocation a
                   where a.practitioner_id = l.by_id and a.family_id = l.family_id)) as not_led
          from guard.looks_between(begins, ends, zone) l join leaving v on v.user_id = l.by_id group by 1
    ), before as (
        select by_id, avg(families) as usual from (
            select l.by_id, l.local::date, count(distinct l.family_id) as families
              from guard.looks_between(begins - interval '28 days', begins, zone) l join leaving v on v.user_id = l.by_id group by 1, 2) d
         group by 1
    )
    select 'leavers_week', n.by_id, null::bigint, jsonb_build_object('on', n.on_day, 'families', n.families, 'not_led', n.not_led,
               'taken', n.taken, 'usual', round(coalesce(b.usual, 0), 1), 'leaves_on', v.leaves_on)
      from now n join leaving v on v.user_id = n.by_id left join before b on b.by_id = n.by_id
     where n.taken > 0 or n.families > greatest(5, 1.5 * coalesce(b.usual, 0))
$$;

-- Makes the alerts of one day, each once. Of one person and family the same alert comes again only when an earlier one was not fair use.
create function guard.watch(day date, zone text) returns integer language plpgsql security definer
set search_path = public, pg_temp set work_mem = '128MB' as $$  -- a month of looks is sorted in memory
declare
    begins constant timestamptz := day::timestamp at time zone zone;
    ends constant timestamptz := (day + 1)::timestamp at time zone zone;
    made integer;
begin
    insert into governance_alert (rule, user_id, family_id, looked_on, facts, made_at, outcome, words)
    select w.rule, w.user_id, w.family_id, day, w.facts, now(), '', ''
      from (select * from guard.watch_likeness(begins, ends, zone) union all select * from guard.watch_no_relation(begins, ends, zone)
            union all select * from guard.watch_unusual(begins, ends, zone)
            union all select * from guard.watch_leavers(begins, ends, zone)) w
     where not exists (select from governance_alert a where a.rule = w.rule and a.user_id = w.user_id and a.family_id = w.family_id
                          and (a.closed_at is null or a.outcome = 'fair_use'))
    on conflict do nothing;
    get diagnostics made = row_count;
    return made;
end $$;
revoke execute on function guard.looks_between, guard.watch_likeness, guard.watch_no_relation, guard.watch_unusual,
    guard.watch_leavers from public;

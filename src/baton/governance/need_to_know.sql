-- Need to know: whom a person's roles, teams, membership of a team around a family, an audit or an emergency let them see;
-- and the families that are closed to everybody but the people named for each.
create function guard.closed_ids() returns bigint[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.closed_ids', true), ''), '{}')::bigint[] $$;

-- People whom only closed families know.
create function guard.closed_person_ids() returns bigint[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.closed_person_ids', true), ''), '{}')::bigint[] $$;

-- Coordinators, auditors and panel chairs read; their context writes no casework, whatever a page would let through.
create function guard.may_write() returns boolean language sql stable parallel safe as
$$ select guard.has_role('hub_adviser') or guard.has_role('practitioner') or guard.has_role('team_manager')
       or guard.has_role('service_manager') $$;

create or replace function guard.holds(family bigint) returns boolean language sql stable parallel safe as
$$ select exists (select 1 from public.people_family f where f.id = family
                   and f.id <> all((select guard.closed_ids())::bigint[])
                   and (f.team_id = any((select guard.team_ids())::bigint[])
                        or f.id = any((select guard.family_ids())::bigint[]))) $$;

-- The teams whose families a person sees: of their roles; every team for a service manager; a locality's for its coordinator.
create function guard.teams_of(person bigint) returns bigint[] language sql stable set search_path = public, pg_temp as $$
    with held as (select * from platform_roleheld r where r.user_id = person and guard.has_role(r.role)
                     and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on))
    select coalesce(array_agg(t.id), '{}') from platform_team t
     where exists (select from held h where h.role = 'service_manager')
        or t.id in (select h.team_id from held h where h.role in ('practitioner', 'team_manager'))
        or t.locality_id in (select h.locality_id from held h where h.role = 'coordinator')
$$;

-- The single families a person sees: led, worked with in a team around them, named for, opened in an emergency, sampled.
create function guard.families_of(person bigint) returns bigint[] language sql stable set search_path = public, pg_temp as $$
    with works as (select guard.has_role('practitioner') or guard.has_role('team_manager') or guard.has_role('service_manager') as so)
    select coalesce(array_agg(distinct f.id), '{}') from (
        select a.family_id as id from episodes_allocation a, works w
         where w.so and a.practitioner_id = person and a.until_at is null
        union all select m.family_id from governance_aroundmember m, works w
         where w.so and m.user_id = person and m.until_at is null
        union all select n.family_id from governance_namedperson n, works w
         where w.so and n.user_id = person and n.until_at is null
        union all select e.family_id from governance_emergency e, works w
         where w.so and e.user_id = person and e.until_at > now()
        union all select s.family_id from governance_sample s
         where guard.has_role('auditor') and s.auditor_id = person and s.closed_at is null) f
$$;

create or replace function guard.open_context(person bigint)
returns table (role text, team_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    closed bigint[];
begin
    perform set_config('app.user_id', person::text, true), set_config('app.holder', 'u' || person, true);
    perform set_config('app.roles', coalesce(array_agg(distinct r.role), '{}')::text, true)
       from platform_roleheld r join platform_user u on u.id = r.user_id and u.is_active
      where r.user_id = person and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on);
    select coalesce(array_agg(r.family_id), '{}') into closed from governance_restriction r
     where r.lifted_at is null and not exists (select from governance_namedperson n
                                                where n.restriction_id = r.id and n.user_id = person and n.until_at is null);
    perform set_config('app.team_ids', guard.teams_of(person)::text, true),
            set_config('app.family_ids', guard.families_of(person)::text, true),
            set_config('app.closed_ids', closed::text, true),
            set_config('app.closed_person_ids', case when closed = '{}' then '' else guard.known_only_in(closed)::text end, true);
    return query select r.role::text, r.team_id from platform_roleheld r join platform_user u on u.id = r.user_id and u.is_active
      where r.user_id = person and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on);
end $$;

-- People who are in these families and, now, in no other.
create function guard.known_only_in(families bigint[]) returns bigint[] language sql stable set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct p.id), '{}') from people_person p
     where (p.first_family_id = any(families)
            or exists (select from people_familymember m where m.person_id = p.id and m.family_id = any(families)))
       and not exists (select from people_familymember m where m.person_id = p.id and m.until_on is null
                          and m.family_id <> all(families))
$$;

-- Who may join two records: as before (matching/merging.sql), and never of people whom only closed families know.
create or replace function guard.may_merge(one bigint, other bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select one <> all(guard.closed_person_ids()) and other <> all(guard.closed_person_ids())
       and (guard.has_role('hub_adviser')
            or ((guard.has_role('team_manager') or guard.has_role('service_manager'))
                and guard.holds_person(one) and guard.holds_person(other)))
$$;

-- Break-glass: opens, for three hours, the one family that this name and date of birth fit. Never one that is closed to the asker:
-- they are told the same as where nobody is known.
create function guard.open_in_emergency(given text, family_name text, born date, why text) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    found bigint[];
    hours constant interval := interval '3 hours';  -- long enough for a night's call; a longer need is a manager's to answer
begin
    if not (guard.has_role('practitioner') or guard.has_role('team_manager') or guard.has_role('service_manager'))
       or length(trim(why)) < 10 then return null; end if;
    select array_agg(distinct m.family_id) into found
      from people_person p join people_familymember m on m.person_id = p.id and m.until_on is null
     where p.date_of_birth = born and guard.plain(p.family_name) = guard.plain(trim(open_in_emergency.family_name))
       and guard.plain(trim(given)) in (guard.plain(p.given_name), guard.plain(p.known_as))
       and m.family_id <> all(guard.closed_ids());
    if coalesce(cardinality(found), 0) <> 1
       or exists (select from governance_restriction r where r.family_id = found[1] and r.lifted_at is null) then return null; end if;
    insert into governance_emergency (family_id, user_id, reason, from_at, until_at, review)
    values (found[1], guard.user_id(), trim(why), now(), now() + hours, '');
    return found[1];
end $$;

-- For a migration: a table of casework that readers may not write.
create function guard.let_only_writers_write(casework text) returns void language plpgsql as $$
begin
    execute format('create policy writers_add on %I as restrictive for insert with check ((select guard.may_write()))', casework);
    execute format('create policy writers_change on %I as restrictive for update using (true) with check ((select guard.may_write()))', casework);
    execute format('create policy writers_remove on %I as restrictive for delete using ((select guard.may_write()))', casework);
end $$;
revoke execute on function guard.let_only_writers_write, guard.known_only_in, guard.teams_of, guard.families_of from public;

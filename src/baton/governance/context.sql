-- Whom a person sees, asked at the beginning of every page. In plpgsql, since PostgreSQL keeps the plans of that; a function
-- written in SQL with a query in it is planned anew each time it is called, which here cost three times the answer.
create or replace function guard.teams_of(person bigint) returns bigint[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return (
        with held as (select * from platform_roleheld r where r.user_id = person and guard.has_role(r.role)
                         and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on))
        select coalesce(array_agg(t.id), '{}') from platform_team t
         where exists (select from held h where h.role = 'service_manager')
            or t.id in (select h.team_id from held h where h.role in ('practitioner', 'team_manager'))
            or t.locality_id in (select h.locality_id from held h where h.role = 'coordinator'));
end $$;

create or replace function guard.families_of(person bigint) returns bigint[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return (
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
             where guard.has_role('auditor') and s.auditor_id = person and s.closed_at is null) f);
end $$;

-- Asked by many policies, once a statement or once a row.
create or replace function guard.holds(family bigint) returns boolean
language plpgsql stable parallel safe as $$
begin
    return exists (select 1 from public.people_family f where f.id = family
                    and f.id <> all((select guard.closed_ids())::bigint[])
                    and (f.team_id = any((select guard.team_ids())::bigint[])
                         or f.id = any((select guard.family_ids())::bigint[])));
end $$;

-- Families brought to a locality's panel (DER Access): whoever chairs it reads them until the panel has decided, and no other.
create function guard.chairs(locality bigint) returns boolean language sql stable set search_path = public, pg_temp as $$
    select guard.has_role('panel_chair') and exists (
        select from platform_roleheld r where r.user_id = guard.user_id() and r.role = 'panel_chair' and r.locality_id = chairs.locality
           and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on))
$$;

-- As in context.sql, and what is before a panel.
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
             where guard.has_role('auditor') and s.auditor_id = person and s.closed_at is null
            union all select c.family_id from governance_panelcase c join platform_roleheld r on r.locality_id = c.locality_id
             where guard.has_role('panel_chair') and r.role = 'panel_chair' and r.user_id = person and c.decided_at is null
               and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on)) f);
end $$;

alter table governance_panelcase enable row level security;
create policy family_is_held on governance_panelcase for select using (guard.holds(family_id));
create policy brought on governance_panelcase for insert with check (guard.answers_for(family_id) and decided_at is null);
create policy decided on governance_panelcase for update using (guard.chairs(locality_id) and decided_at is null and guard.holds(family_id))
    with check (guard.chairs(locality_id) and decided_by_id = (select guard.user_id()));
revoke delete, truncate on governance_panelcase from baton_app;

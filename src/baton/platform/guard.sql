-- Who is asking, and what they may see: decided here and nowhere else.
-- The context is transaction-local; without one every policy below answers no.
set local check_function_bodies = off;  -- the tables of the areas above come later
create schema if not exists guard;
grant usage on schema guard to public;

create function guard.user_id() returns bigint language sql stable parallel safe as
$$ select nullif(current_setting('app.user_id', true), '')::bigint $$;

create function guard.holder() returns text language sql stable parallel safe as
$$ select nullif(current_setting('app.holder', true), '') $$;

create function guard.team_ids() returns bigint[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.team_ids', true), ''), '{}')::bigint[] $$;

create function guard.family_ids() returns bigint[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.family_ids', true), ''), '{}')::bigint[] $$;

create function guard.has_role(wanted text) returns boolean language sql stable parallel safe as
$$ select wanted = any(coalesce(nullif(current_setting('app.roles', true), ''), '{}')::text[]) $$;

-- Opens the context of one signed-in person and tells the application which roles they hold.
create function guard.open_context(person bigint)
returns table (role text, team_id bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('app.user_id', person::text, true);
    perform set_config('app.holder', 'u' || person, true);
    perform set_config('app.roles', coalesce(array_agg(distinct r.role), '{}')::text, true)
       from platform_roleheld r join platform_user u on u.id = r.user_id and u.is_active
      where r.user_id = person and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on);
    perform set_config('app.team_ids', case
        when guard.has_role('service_manager') then (select coalesce(array_agg(t.id), '{}') from platform_team t)::text
        else (select coalesce(array_agg(distinct r.team_id), '{}') from platform_roleheld r
               where r.user_id = person and r.team_id is not null and r.role in ('practitioner', 'team_manager')
                 and guard.has_role(r.role)
                 and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on))::text
        end, true);
    perform set_config('app.family_ids', case when guard.has_role('practitioner') or guard.has_role('team_manager') then
        (select coalesce(array_agg(distinct a.family_id), '{}') from episodes_allocation a
          where a.practitioner_id = person and a.until_at is null)::text else '{}' end, true);
    return query select r.role::text, r.team_id from platform_roleheld r join platform_user u on u.id = r.user_id and u.is_active
      where r.user_id = person and current_date >= r.from_on and (r.until_on is null or current_date <= r.until_on);
end $$;

-- Opens the context of somebody without an account: they hold their own half-typed form and nothing else.
create function guard.open_public_context(browser uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
    perform set_config('app.user_id', '', true), set_config('app.roles', '', true),
            set_config('app.team_ids', '', true), set_config('app.family_ids', '', true),
            set_config('app.holder', 'p' || browser, true);
end $$;

-- Whether the asker holds a family: their team does, or they lead it.
create function guard.holds(family bigint) returns boolean language sql stable parallel safe as
$$ select exists (select 1 from public.people_family f where f.id = family
                   and (f.team_id = any((select guard.team_ids())::bigint[])
                        or f.id = any((select guard.family_ids())::bigint[]))) $$;

-- Half-typed forms and one-time keys nobody will need again; row security hides other people's from the job that clears them away.
create function guard.sweep(before timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
    delete from platform_draft where saved_at < before;
    delete from platform_submission where at < before;
$$;

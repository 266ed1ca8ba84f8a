-- What holds on top of every policy: a closed family is seen by nobody but the people named, and readers write nothing.
do $$
declare
    each text;
begin
    foreach each in array array['people_familymember', 'people_address', 'episodes_episode', 'episodes_deadline',
                                'episodes_allocation', 'requests_helprequest'] loop
        execute format('create policy not_closed on %I as restrictive for all using '
                       '(family_id is null or family_id <> all((select guard.closed_ids())::bigint[]))', each);
    end loop;
    create policy not_closed on people_family as restrictive for all using (id <> all((select guard.closed_ids())::bigint[]));
    create policy not_closed on people_person as restrictive for all
        using (id <> all((select guard.closed_person_ids())::bigint[]));
    foreach each in array array['people_personname', 'people_residence', 'people_contactpoint', 'people_setting',
                                'requests_requestperson'] loop
        execute format('create policy not_closed on %I as restrictive for all using '
                       '(person_id is null or person_id <> all((select guard.closed_person_ids())::bigint[]))', each);
    end loop;
    -- What somebody did themselves, too: only information governance reads on.
    foreach each in array array['platform_auditentry', 'platform_accessentry', 'platform_change'] loop
        execute format('create policy not_closed on %I as restrictive for select using ((select guard.has_role(''governance'')) '
                       'or family_id is null or family_id <> all((select guard.closed_ids())::bigint[]))', each);
    end loop;
    create policy not_closed on matching_possibleduplicate as restrictive for all
        using (one_id <> all((select guard.closed_person_ids())::bigint[])
           and other_id <> all((select guard.closed_person_ids())::bigint[]));
    create policy not_closed on matching_merge as restrictive for all
        using (survivor_id <> all((select guard.closed_person_ids())::bigint[])
           and merged_id <> all((select guard.closed_person_ids())::bigint[]));
    for each in select c.relname from pg_class c
                 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
                   and c.relname ~ '^(people|episodes|consent|assessments|plans|visits|oversight|relationships|chronology)_'
                   and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'writers_add') loop
        perform guard.let_only_writers_write(each);
    end loop;
end $$;

-- People who are in these families and, now, in no other. From the families' own indexes: asked of every person instead,
-- one family closed to most made every page of a large place read all its people.
create or replace function guard.known_only_in(families bigint[]) returns bigint[]
language plpgsql stable set search_path = public, pg_temp as $$
begin
    return (
        with of_them as (
            select p.id from people_person p where p.first_family_id = any(families)
            union select m.person_id from people_familymember m where m.family_id = any(families))
        select coalesce(array_agg(o.id), '{}') from of_them o
         where not exists (select from people_familymember m
                            where m.person_id = o.id and m.until_on is null and m.family_id <> all(families)));
end $$;

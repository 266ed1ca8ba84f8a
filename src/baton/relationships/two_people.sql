-- Why two records cannot be of one person by what is recorded of them. BM004: they are related to each other, or one descends from the
-- other. BM005: each has another mother or father by birth.
create or replace function guard.why_two(one bigint, other bigint) returns text
language plpgsql stable set search_path = public, pg_temp as $$
begin
    if exists (select 1 from relationships_relationship r where r.struck_at is null
                  and (r.person_id, r.relative_id) in ((one, other), (other, one)))
       or exists (select 1 from people_parentalresponsibility p where (p.child_id, p.holder_id) in ((one, other), (other, one))) then
        return 'BM004';
    end if;
    if exists (
        with recursive above as (
            select r.person_id as parent, r.relative_id as child from relationships_relationship r
             where r.struck_at is null and r.kind in ('birth_mother', 'birth_father', 'second_parent', 'adoptive_parent', 'step_parent',
                                                      'special_guardian', 'kinship_carer', 'foster_carer')
        ), line as (
            select a.parent, a.child as of from above a where a.child in (one, other)
            union
            select a.parent, l.of from line l join above a on a.child = l.parent
        )
        select 1 from line where (line.parent, line.of) in ((one, other), (other, one))) then
        return 'BM004';
    end if;
    if exists (select 1 from relationships_relationship a join relationships_relationship b on b.kind = a.kind and b.person_id <> a.person_id
                where a.kind in ('birth_mother', 'birth_father') and a.struck_at is null and b.struck_at is null
                  and a.relative_id = one and b.relative_id = other) then
        return 'BM005';
    end if;
    return null;
end $$;

-- New people of an extract, and people known whom they may be: a part at a time, to be weighed.
with part as materialized (
    select id, sheet, line, source_id, told from importing_staged
     where run_id = %(run)s and kind = 'person' and outcome = 'new' and id > %(after)s order by id limit %(batch)s
), named as materialized (
    select p.id, guard.bare(n.given) as given, guard.bare(p.told ->> 'family_name') as family, (p.told ->> 'date_of_birth')::date as born
      from part p cross join lateral (values (p.told ->> 'given_name'), (p.told ->> 'known_as')) n(given) where n.given <> ''
), pairs as (
    select n.id, s.person_id from named n join matching_searchedname s on s.born = n.born
       and (s.family_sound = dmetaphone(n.family) or s.given_sound = dmetaphone(n.given) or s.family = n.given)
    union
    select n.id, s.person_id from named n cross join lateral (
        select s.person_id from matching_searchedname s
         where s.family_sound = dmetaphone(n.family) and s.given_sound = dmetaphone(n.given)
           and (s.born is null or n.born is null or s.born between n.born - 366 and n.born + 366) limit 60) s
    union
    select p.id, k.person_id from part p
     cross join lateral (values ('nhs', p.told ->> 'nhs_number'), ('upn', p.told ->> 'upn'), ('uln', p.told ->> 'uln')) v(kind, value)
      join matching_searchedkey k on k.kind = v.kind and k.value = v.value
)
select p.id, p.sheet, p.line, p.source_id, p.told, f.person_id, f.facts, (select max(id) from part)
  from part p left join pairs on pairs.id = p.id and pairs.person_id <> all(guard.closed_person_ids())
  left join matching_searchedperson f on f.person_id = pairs.person_id
 where f.person_id is not null or p.id = (select max(id) from part) order by p.id;

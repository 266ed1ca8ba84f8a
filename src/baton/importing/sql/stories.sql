-- What cannot have been: parents younger than their children, help before birth, two helps of one family at once.

with parents as (
    select r.id, p.told ->> 'date_of_birth' as parent_born, c.told ->> 'date_of_birth' as child_born, r.told ->> 'kind' as kind,
           row_number() over (partition by r.other_ref, r.told ->> 'kind' order by r.id) as nth
      from importing_staged r
      join importing_staged p on p.run_id = r.run_id and p.kind = 'person' and p.source_id = r.person_ref and p.outcome <> 'stopped'
      join importing_staged c on c.run_id = r.run_id and c.kind = 'person' and c.source_id = r.other_ref and c.outcome <> 'stopped'
     where r.run_id = %(run)s and r.kind = 'relationship' and r.outcome <> 'stopped' and r.told ->> 'kind' in ('birth_mother', 'birth_father')
), wrong as (
    select id, case when parent_born > child_born then 'the parent, born ' || parent_born || ', is younger than the child, born ' || child_born
                    when nth > 1 then 'another ' || replace(kind, '_', ' ') || ' of this child stands before' end as words from parents
)
update importing_staged s set outcome = 'stopped', findings = s.findings || jsonb_build_array(jsonb_build_array('stops', 'person', w.words))
  from wrong w where w.id = s.id and w.words is not null;

-- The same two and the same kind, told from either side.
with said as (
    select id, row_number() over (partition by told ->> 'kind',
               case when told ->> 'kind' = any(%(mutual)s) then least(person_ref, other_ref) else person_ref end,
               case when told ->> 'kind' = any(%(mutual)s) then greatest(person_ref, other_ref) else other_ref end order by id) as nth
      from importing_staged where run_id = %(run)s and kind = 'relationship' and outcome <> 'stopped'
)
update importing_staged s set outcome = 'stopped', findings = s.findings || '[["stops", "relative", "the same relationship stands before, from the other side"]]'::jsonb
  from said where said.id = s.id and said.nth > 1;

update importing_staged s set findings = s.findings || jsonb_build_array(jsonb_build_array('note', 'started_on',
    'help began on ' || (s.told ->> 'started_on') || ', before "' || s.person_ref || '" was born on ' || (p.told ->> 'date_of_birth')))
  from importing_staged p
 where s.run_id = %(run)s and s.kind = 'episode' and s.outcome <> 'stopped' and p.run_id = s.run_id and p.kind = 'person'
   and p.source_id = s.person_ref and p.outcome <> 'stopped' and (p.told ->> 'date_of_birth')::date - 280 > (s.told ->> 'started_on')::date;

-- Episodes of a family that overlap, touch or lie a few days apart are one: `other_ref` is the first of them.
with spans as (
    select id, source_id, line, family_ref, (told ->> 'started_on')::date as begins, coalesce((told ->> 'ended_on')::date, 'infinity') as ends
      from importing_staged where run_id = %(run)s and kind = 'episode' and outcome <> 'stopped'
), breaks as (
    select *, begins > %(between)s + max(ends) over (partition by family_ref order by begins, id rows between unbounded preceding and 1 preceding) as apart from spans
), islands as (
    select *, count(*) filter (where apart is null or apart) over (partition by family_ref order by begins, id) as island from breaks
), firsts as (
    select id, first_value(id) over w as first_id, first_value(source_id) over w as first, first_value(line) over w as first_line,
           min(begins) over whole as begins, max(ends) over whole as ends, count(*) over whole as members
      from islands window w as (partition by family_ref, island order by begins, id), whole as (partition by family_ref, island)
)
update importing_staged s set other_ref = f.first,
       outcome = case when f.first_id <> s.id and not %(join)s then 'stopped' else s.outcome end,
       findings = case when f.members = 1 then s.findings else s.findings || jsonb_build_array(jsonb_build_array(
           case when f.first_id <> s.id and not %(join)s then 'stops' else 'note' end, 'started_on',
           case when f.first_id = s.id then 'overlaps other episodes of the family' else 'overlaps episode "' || f.first || '" on line ' || f.first_line end
           || case when %(join)s then ': ' || f.members || ' are made one, from ' || f.begins || case when f.ends = 'infinity' then ', open' else ' to ' || f.ends end
                   else '' end)) end
  from firsts f where f.id = s.id;

-- A family that has help in Baton, which did not come from this system, cannot have a second at once.
with open_here as (
    select s.id from importing_staged s
      join importing_sourcerecord f on f.source = %(source)s and f.kind = 'family' and f.source_id = s.family_ref
      join episodes_episode e on e.family_id = f.record_id and e.state in ('waiting', 'open')
     where s.run_id = %(run)s and s.kind = 'episode' and s.outcome <> 'stopped'
       and exists (select from importing_staged m where m.run_id = s.run_id and m.kind = 'episode' and m.other_ref = s.other_ref
                      and m.outcome <> 'stopped' and m.told ->> 'ended_on' is null)
       and not exists (select from importing_sourcerecord k where k.source = %(source)s and k.kind = 'episode' and k.record_id = e.id)
)
update importing_staged s set outcome = 'stopped', findings = s.findings || '[["stops", "started_on", "the family has an open episode in Baton"]]'::jsonb
  from open_here o where o.id = s.id;

-- What somebody entered here by hand already.
update importing_staged s set outcome = 'stopped', findings = s.findings || '[["stops", "person", "they are in this family in Baton already"]]'::jsonb
  from importing_sourcerecord f, importing_sourcerecord p, people_familymember m
 where s.run_id = %(run)s and s.kind = 'membership' and s.outcome <> 'stopped'
   and f.source = %(source)s and f.kind = 'family' and f.source_id = s.family_ref
   and p.source = %(source)s and p.kind = 'person' and p.source_id = s.person_ref
   and m.family_id = f.record_id and m.person_id = p.person_id
   and not exists (select from importing_sourcerecord k where k.source = %(source)s and k.kind = 'membership' and k.source_id = s.source_id);

update importing_staged s set outcome = 'stopped', findings = s.findings || '[["stops", "relative", "Baton has this relationship, or another birth parent, already"]]'::jsonb
  from importing_sourcerecord p, importing_sourcerecord c, relationships_relationship r
 where s.run_id = %(run)s and s.kind = 'relationship' and s.outcome <> 'stopped'
   and p.source = %(source)s and p.kind = 'person' and p.source_id = s.person_ref
   and c.source = %(source)s and c.kind = 'person' and c.source_id = s.other_ref
   and r.kind = s.told ->> 'kind' and r.struck_at is null
   and (r.person_id = p.person_id and r.relative_id = c.person_id or r.person_id = c.person_id and r.relative_id = p.person_id
        or r.relative_id = c.person_id and r.kind in ('birth_mother', 'birth_father'))
   and not exists (select from importing_sourcerecord k where k.source = %(source)s and k.kind = 'relationship' and k.source_id = s.source_id);

-- The one account of this name. Nobody gets one by an import.
with names as (
    select n.name, jsonb_agg(lower(u.email)) as found from platform_user u
     cross join lateral (values (lower(u.given_name || ' ' || u.family_name)), (lower(u.family_name || ', ' || u.given_name))) n(name)
     where u.is_active group by n.name
), named as (
    select s.id, names.found from importing_staged s left join names on names.name = lower(s.told ->> 'lead_name')
     where s.run_id = %(run)s and s.kind = 'episode' and s.outcome <> 'stopped' and s.told ->> 'lead_name' is not null and s.told ->> 'lead' is null
)
update importing_staged s set told = s.told || case coalesce(jsonb_array_length(n.found), 0) when 1 then jsonb_build_object('lead', n.found ->> 0) else '{}'::jsonb end,
       findings = s.findings || jsonb_build_array(jsonb_build_array('note', 'lead_name', 'lead_name "' || (s.told ->> 'lead_name') || '" ' ||
           case coalesce(jsonb_array_length(n.found), 0) when 0 then 'is nobody with an account here: the name stays in the timeline'
                when 1 then 'is the account "' || (n.found ->> 0) || '"' else 'is more than one account here: the name stays in the timeline' end))
  from named n where n.id = s.id;

-- Nobody has an account by this address.
update importing_staged s set findings = s.findings || jsonb_build_array(jsonb_build_array('note', 'lead',
    'nobody has an account here with this address: it waits for a lead practitioner'))
 where s.run_id = %(run)s and s.kind = 'episode' and s.outcome <> 'stopped' and s.told ->> 'ended_on' is null and s.told ->> 'lead' is not null
   and not exists (select from platform_user u where lower(u.email) = s.told ->> 'lead' and u.is_active);

-- What was brought before: as it was, or changed in the other system.
-- A home's days may be others though its row is as it was: the next one begins.
update importing_staged s set outcome = case when k.digest = s.digest and (s.kind <> 'home' or k.told = s.told) then 'same' else 'changed' end
  from importing_sourcerecord k
 where s.run_id = %(run)s and s.outcome = 'new' and k.source = %(source)s and k.kind = s.kind and k.source_id = s.source_id;

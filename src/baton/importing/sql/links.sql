-- What the rows of an extract say of one another. Each finding is level, field and words; what stops is not brought.

-- One id twice: the first is taken.
with repeated as (
    select id, line, first_value(line) over same as first_line, first_value(sheet) over same as first_sheet,
           digest = first_value(digest) over same as is_alike, row_number() over same as nth
      from importing_staged where run_id = %(run)s and source_id <> ''
    window same as (partition by kind, source_id order by outcome = 'stopped', id)
)
update importing_staged s set outcome = 'stopped', findings = s.findings || jsonb_build_array(jsonb_build_array('stops', 'id',
    case when r.is_alike then 'the same as line ' else 'its id stands already, with other content, on line ' end
    || r.first_line || ' of ' || r.first_sheet))
  from repeated r where r.id = s.id and r.nth > 1;

-- Families that no sheet lists are made of their members.
insert into importing_staged (run_id, sheet, line, kind, source_id, family_ref, person_ref, other_ref, told, digest, findings, outcome)
select distinct on (m.family_ref) m.run_id, m.sheet, m.line, 'family', m.family_ref, '', '', '', '{}'::jsonb, '', '[]'::jsonb, 'new'
  from importing_staged m
 where m.run_id = %(run)s and m.family_ref <> '' and m.outcome <> 'stopped'
   and not exists (select from importing_staged f where f.run_id = m.run_id and f.kind = 'family' and f.source_id = m.family_ref)
   and not exists (select from importing_sourcerecord k where k.source = %(source)s and k.kind = 'family' and k.source_id = m.family_ref)
 order by m.family_ref, m.id;

-- A person, family or episode that is not there, or is not brought.
with wanted as (
    select id, 'person' as kind, person_ref as ref from importing_staged where run_id = %(run)s and person_ref <> '' and outcome <> 'stopped'
    union all
    select id, 'family', family_ref from importing_staged where run_id = %(run)s and family_ref <> '' and outcome <> 'stopped'
    union all
    select id, case kind when 'event' then 'episode' else 'person' end, other_ref from importing_staged
     where run_id = %(run)s and other_ref <> '' and outcome <> 'stopped'
), missing as (
    select w.id, w.kind, w.ref, min(s.line) as line from wanted w
      left join importing_staged s on s.run_id = %(run)s and s.kind = w.kind and s.source_id = w.ref
     where not exists (select from importing_staged t where t.run_id = %(run)s and t.kind = w.kind and t.source_id = w.ref and t.outcome <> 'stopped')
       and not exists (select from importing_sourcerecord k where k.source = %(source)s and k.kind = w.kind and k.source_id = w.ref)
     group by w.id, w.kind, w.ref
), words as (
    select id, jsonb_agg(jsonb_build_array('stops', kind, kind || ' "' || ref || '"'
        || case when line is null then ' is not in the extract' else ' is not brought: see line ' || line end) order by kind, ref) as findings
      from missing group by id
)
update importing_staged s set outcome = 'stopped', findings = s.findings || w.findings from words w where w.id = s.id;

-- Events of an episode that was stopped just now.
update importing_staged s set outcome = 'stopped', findings = s.findings || jsonb_build_array(jsonb_build_array('stops', 'episode',
    'episode "' || s.other_ref || '" is not brought: see line ' || e.line))
  from (select source_id, min(line) as line from importing_staged where run_id = %(run)s and kind = 'episode' and outcome = 'stopped'
         group by source_id) e
 where s.run_id = %(run)s and s.kind = 'event' and s.outcome <> 'stopped' and e.source_id = s.other_ref
   and not exists (select from importing_staged o where o.run_id = s.run_id and o.kind = 'episode' and o.source_id = s.other_ref and o.outcome <> 'stopped');

-- Somebody whom no sheet puts into a family is in those that their requests and episodes name.
insert into importing_staged (run_id, sheet, line, kind, source_id, family_ref, person_ref, other_ref, told, digest, findings, outcome)
select distinct on (s.family_ref, s.person_ref) s.run_id, s.sheet, s.line, 'membership', s.family_ref || '|' || s.person_ref, s.family_ref, s.person_ref, '',
       coalesce(p.told -> 'belongs', '{}'::jsonb), '', '[]'::jsonb, 'new'
  from importing_staged s join importing_staged p on p.run_id = s.run_id and p.kind = 'person' and p.source_id = s.person_ref and p.outcome <> 'stopped'
 where s.run_id = %(run)s and s.kind in ('request', 'episode') and s.family_ref <> '' and s.outcome <> 'stopped'
   and not exists (select from importing_staged m where m.run_id = s.run_id and m.kind = 'membership' and m.person_ref = s.person_ref and m.outcome <> 'stopped')
   and not exists (select from importing_sourcerecord k where k.source = %(source)s and k.kind = 'membership'
                      and k.source_id = s.family_ref || '|' || s.person_ref)
 order by s.family_ref, s.person_ref, s.id;

-- Somebody whom no family names is a family of their own.
with alone as (
    update importing_staged s set findings = s.findings || jsonb_build_array(jsonb_build_array('note', 'family',
        'no family is named: a family of their own is made'))
     where s.run_id = %(run)s and s.kind = 'person' and s.outcome <> 'stopped'
       and not exists (select from importing_staged m where m.run_id = s.run_id and m.kind = 'membership' and m.person_ref = s.source_id
                          and m.outcome <> 'stopped')
       and not exists (select from importing_sourcerecord k where k.source = %(source)s and k.kind = 'person' and k.source_id = s.source_id)
    returning s.*
), families as (
    insert into importing_staged (run_id, sheet, line, kind, source_id, family_ref, person_ref, other_ref, told, digest, findings, outcome)
    select run_id, sheet, line, 'family', 'of ' || source_id, '', '', '', '{}'::jsonb, '', '[]'::jsonb, 'new' from alone
)
insert into importing_staged (run_id, sheet, line, kind, source_id, family_ref, person_ref, other_ref, told, digest, findings, outcome)
select run_id, sheet, line, 'membership', 'of ' || source_id || '|' || source_id, 'of ' || source_id, source_id, '',
       coalesce(told -> 'belongs', '{}'::jsonb), '', '[]'::jsonb, 'new' from alone;

-- Somebody's first family is the one that is named first.
update importing_staged s set family_ref = home.family_ref
  from (select distinct on (person_ref) person_ref, family_ref from importing_staged
         where run_id = %(run)s and kind = 'membership' and outcome <> 'stopped' order by person_ref, id) home
 where s.run_id = %(run)s and s.kind = 'person' and s.outcome <> 'stopped' and s.source_id = home.person_ref;

-- A request or an episode of a person is one of their first family.
update importing_staged s set family_ref = p.family_ref from importing_staged p
 where s.run_id = %(run)s and s.kind in ('request', 'episode') and s.family_ref = '' and s.outcome <> 'stopped'
   and p.run_id = s.run_id and p.kind = 'person' and p.source_id = s.person_ref and p.outcome <> 'stopped' and p.family_ref <> '';

update importing_staged s set family_ref = f.source_id from importing_sourcerecord p, importing_sourcerecord f
 where s.run_id = %(run)s and s.kind in ('request', 'episode') and s.family_ref = '' and s.outcome <> 'stopped'
   and p.source = %(source)s and p.kind = 'person' and p.source_id = s.person_ref
   and f.source = %(source)s and f.kind = 'family' and f.record_id = p.family_id;

with several as (
    select person_ref from importing_staged where run_id = %(run)s and kind = 'membership' and outcome <> 'stopped' group by person_ref having count(*) > 1
)
update importing_staged s set findings = s.findings || jsonb_build_array(jsonb_build_array('note', 'family',
    'they are in several families: taken as of family "' || s.family_ref || '"'))
  from several where s.run_id = %(run)s and s.kind in ('request', 'episode') and s.outcome <> 'stopped' and s.person_ref = several.person_ref;

update importing_staged set outcome = 'stopped', findings = findings || '[["stops", "family", "no family of theirs is known"]]'::jsonb
 where run_id = %(run)s and kind in ('request', 'episode') and family_ref = '' and outcome <> 'stopped';

-- One NHS number or UPN of two ids.
with numbered as (
    select s.id, n.kind, count(*) over same as times, string_agg(s.source_id, ', ') over same as ids
      from importing_staged s cross join lateral (values ('nhs_number', s.told ->> 'nhs_number'), ('upn', s.told ->> 'upn')) n(kind, value)
     where s.run_id = %(run)s and s.kind = 'person' and s.outcome <> 'stopped' and n.value is not null
    window same as (partition by n.kind, n.value order by s.id rows between unbounded preceding and unbounded following)
)
update importing_staged s set findings = s.findings || jsonb_build_array(jsonb_build_array('note', n.kind,
    'the same ' || n.kind || ' stands with ids "' || left(n.ids, 200) || '": perhaps one person'))
  from numbered n where n.id = s.id and n.times > 1;

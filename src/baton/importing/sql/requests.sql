create temporary table taken on commit drop as
select x.*, nextval(pg_get_serial_sequence('requests_helprequest', 'id')) as record_id
  from (select s.id, s.source_id, s.told, s.digest, f.record_id as family_id, p.person_id,
               ((s.told ->> 'received_on')::date + time '12:00') at time zone 'Europe/London' as received_at
          from importing_staged s
          join importing_sourcerecord f on f.source = %(source)s and f.kind = 'family' and f.source_id = s.family_ref
          left join importing_sourcerecord p on p.source = %(source)s and p.kind = 'person' and p.source_id = s.person_ref
         where s.run_id = %(run)s and s.kind = 'request' and s.outcome = 'new' and s.id > %(after)s
           and f.record_id %% %(lanes)s = %(lane)s order by s.id limit %(batch)s) x;

insert into requests_helprequest (id, reference, holder, created_by_id, source, enquirer_name, enquirer_job_title, enquirer_organisation,
       enquirer_organisation_kind, enquirer_phone, enquirer_email, contact_notes, received_at, child_in_danger, reasons, concerns, strengths, tried,
       others_told, consent, consent_by, consent_method, consent_notes, address, postcode, state, family_id, decision, decision_reason,
       signposted_to, answer, answered_how, screened_at, team_id)
select record_id, 'IM-' || record_id, 'import', %(by)s::bigint, coalesce(told ->> 'source', 'other'),
       coalesce(told ->> 'enquirer_name', told ->> 'enquirer_organisation', 'Not in the extract'), '', coalesce(told ->> 'enquirer_organisation', ''),
       '', '', '', '', received_at, false, '{}', coalesce(told ->> 'concerns', 'Not in the extract'), '', '', '', 'not_asked', '', '', '', '', '',
       'answered', family_id, told ->> 'decision', coalesce(told ->> 'decision_reason', %(from)s::text), '', %(from)s::text, '',
       greatest(received_at, ((told ->> 'screened_on')::date + time '12:00') at time zone 'Europe/London'),
       coalesce((told ->> 'team')::bigint, %(team)s::bigint) from taken;

insert into requests_requestperson (request_id, part, given_name, family_name, date_of_birth, sex, relationship, school, phone, person_id)
select t.record_id, coalesce(m.part, 'child'), p.given_name, p.family_name, p.date_of_birth, p.sex, '', '', '', p.id
  from taken t join people_person p on p.id = t.person_id
  left join lateral (select part from people_familymember m where m.person_id = t.person_id and m.family_id = t.family_id order by m.id limit 1) m on true;

insert into importing_sourcerecord (run_id, source, kind, source_id, record, record_id, family_id, person_id, told, digest, digest_before)
select %(run)s, %(source)s, 'request', source_id, 'requests_helprequest', record_id, family_id, person_id, told, digest, '' from taken;

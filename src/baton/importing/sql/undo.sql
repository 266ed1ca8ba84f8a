-- What a run wrote, as history knows it (platform/history.sql), and the families somebody has worked on since.
create temporary table ledger on commit drop as
select c.id, c.record, c.record_id, c.family_id, c.kind, c.before from platform_change c
 where c.recorded_at >= %(since)s::timestamptz - interval '1 day'
   and c.transaction in (select b.transaction from importing_batch b where b.run_id = %(run)s);

update ledger l set family_id = r.family_id from requests_requestperson p join requests_helprequest r on r.id = p.request_id
 where l.record = 'requests_requestperson' and p.id = l.record_id;

create index on ledger (record, record_id);

create index on ledger (family_id);

analyze ledger;

create temporary table kept on commit drop as
select distinct l.family_id from (select distinct family_id from ledger where family_id is not null) l
 where exists (select from platform_change c where c.family_id = l.family_id and c.id > (select min(id) from ledger)
                  and not exists (select from importing_batch b where b.run_id = %(run)s and b.transaction = c.transaction))
union
select l.family_id from ledger l join matching_possibleduplicate d on d.one_id = l.record_id or d.other_id = l.record_id
 where l.record = 'people_person' and l.kind = 'added' and d.state <> 'waiting' and l.family_id is not null;

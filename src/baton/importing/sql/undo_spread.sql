-- Who shares a person with a family that stays, stays.
insert into kept select distinct l.family_id from ledger l
 where l.family_id is not null and l.family_id not in (select family_id from kept)
   and (exists (select from people_familymember mine join people_familymember theirs on theirs.person_id = mine.person_id
                  join kept k on k.family_id = theirs.family_id where mine.family_id = l.family_id)
        or exists (select from relationships_relationship r join people_person p on p.id in (r.person_id, r.relative_id)
                     join kept k on k.family_id in (p.first_family_id, r.family_id)
                     join people_person o on o.id in (r.person_id, r.relative_id) where l.family_id in (o.first_family_id, r.family_id)));

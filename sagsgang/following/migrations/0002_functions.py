"""What the portal may do: five functions in `pub`, and nothing else of these tables.

Each runs with the rights of the owner of the tables, on a search path that nobody can put anything in front of.
Secrets are hashed before they are compared. `sagsgang.site.provision` lets the portal's role call them.
"""

from django.db import migrations

MOST_AN_HOUR = 300  # requests of everybody
MOST_AN_ADDRESS_AN_HOUR = 5
MOST_AN_ADDRESS_A_DAY = 10
MOST_AN_ADDRESS = 100  # things followed

FOLLOW_SQL = f"""
CREATE FUNCTION pub.follow(
    p_kind text, p_target uuid, p_words text, p_pace text, p_language text, p_address text
) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  hour_ago timestamptz := clock_timestamp() - interval '1 hour';
  who uuid;
  what public.following_subscription;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('following', 0));
  IF (SELECT count(*) FROM public.following_letter AS l WHERE l.made_at > hour_ago AND l.kind <> 'news')
      >= {MOST_AN_HOUR} THEN
    RETURN false;
  END IF;
  SELECT f.id INTO who FROM public.following_follower AS f WHERE lower(f.address) = lower(p_address);
  IF who IS NULL THEN
    INSERT INTO public.following_follower (id, address, language, made_at)
      VALUES (gen_random_uuid(), p_address, p_language, clock_timestamp()) RETURNING id INTO who;
  ELSIF (SELECT count(*) FROM public.following_letter AS l
         WHERE l.follower_id = who AND l.made_at > hour_ago AND l.kind <> 'news') >= {MOST_AN_ADDRESS_AN_HOUR}
     OR (SELECT count(*) FROM public.following_letter AS l
         WHERE l.follower_id = who AND l.made_at > hour_ago - interval '23 hours' AND l.kind <> 'news')
         >= {MOST_AN_ADDRESS_A_DAY}
     OR (SELECT count(*) FROM public.following_subscription AS s WHERE s.follower_id = who) >= {MOST_AN_ADDRESS} THEN
    RETURN true;  -- the same answer: nobody learns by asking who is known here
  END IF;
  INSERT INTO public.following_subscription (id, follower_id, kind, target, words, pace, made_at)
    VALUES (gen_random_uuid(), who, p_kind, p_target, p_words, p_pace, clock_timestamp()) ON CONFLICT DO NOTHING;
  SELECT s.* INTO STRICT what FROM public.following_subscription AS s
    WHERE s.follower_id = who AND s.kind = p_kind AND s.target IS NOT DISTINCT FROM p_target AND s.words = p_words;
  INSERT INTO public.following_letter
      (id, follower_id, subscription_id, kind, state, tries, next_try_at, made_at, error, subject, text)
    VALUES (gen_random_uuid(), who, what.id, CASE WHEN what.confirmed_at IS NULL THEN 'confirm' ELSE 'known' END,
            'waiting', 0, clock_timestamp(), clock_timestamp(), '', '', '');
  RETURN true;
END $$;
"""

FOLLOWINGS_SQL = """
CREATE FUNCTION pub.followings(p_token text)
RETURNS TABLE (id uuid, kind text, target uuid, words text, pace text, confirmed boolean, here boolean, address text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.id, s.kind::text, s.target, s.words::text, s.pace::text, s.confirmed_at IS NOT NULL,
         s.id IS NOT DISTINCT FROM t.subscription_id,
         left(f.address, 1) || '…@' || split_part(f.address, '@', 2)
    FROM public.following_token AS t
    JOIN public.following_follower AS f ON f.id = t.follower_id
    JOIN public.following_subscription AS s ON s.follower_id = f.id
    WHERE t.sha256 = encode(sha256(convert_to(p_token, 'UTF8')), 'hex')
      AND (s.confirmed_at IS NOT NULL OR s.id = t.subscription_id)
    ORDER BY s.made_at, s.id
$$;
"""

CONFIRM_SQL = """
CREATE FUNCTION pub.confirm_following(p_token text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.following_subscription AS s SET confirmed_at = coalesce(s.confirmed_at, clock_timestamp())
    FROM public.following_token AS t
    WHERE t.sha256 = encode(sha256(convert_to(p_token, 'UTF8')), 'hex') AND s.id = t.subscription_id
      AND (s.confirmed_at IS NOT NULL OR s.made_at > clock_timestamp() - interval '48 hours');
  RETURN FOUND;
END $$;
"""

PACE_SQL = """
CREATE FUNCTION pub.pace_following(p_token text, p_following uuid, p_pace text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.following_subscription AS s SET pace = p_pace
    FROM public.following_token AS t
    WHERE t.sha256 = encode(sha256(convert_to(p_token, 'UTF8')), 'hex')
      AND s.follower_id = t.follower_id AND s.id = p_following;
  RETURN FOUND;
END $$;
"""

# Without p_following: what the letter of this secret was about. With p_all: everything, and then who she was.
END_SQL = """
CREATE FUNCTION pub.end_following(p_token text, p_following uuid DEFAULT NULL, p_all boolean DEFAULT false)
RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held public.following_token;
  ended boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('following', 0));
  SELECT t.* INTO held FROM public.following_token AS t
    WHERE t.sha256 = encode(sha256(convert_to(p_token, 'UTF8')), 'hex');
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  DELETE FROM public.following_subscription AS s
    WHERE s.follower_id = held.follower_id AND (p_all OR s.id = coalesce(p_following, held.subscription_id));
  ended := FOUND;
  DELETE FROM public.following_follower AS f WHERE f.id = held.follower_id
    AND NOT EXISTS (SELECT 1 FROM public.following_subscription AS s WHERE s.follower_id = f.id);
  RETURN ended;
END $$;
"""

REVERSE_SQL = """
DROP FUNCTION pub.follow(text, uuid, text, text, text, text);
DROP FUNCTION pub.followings(text);
DROP FUNCTION pub.confirm_following(text);
DROP FUNCTION pub.pace_following(text, uuid, text);
DROP FUNCTION pub.end_following(text, uuid, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("following", "0001_initial"), ("publication", "0001_initial")]

    operations = [
        migrations.RunSQL(FOLLOW_SQL + FOLLOWINGS_SQL + CONFIRM_SQL + PACE_SQL + END_SQL, REVERSE_SQL),
    ]

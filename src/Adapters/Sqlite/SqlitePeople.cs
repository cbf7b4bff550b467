using Footfall.Core.Accounts;
using Microsoft.Data.Sqlite;

namespace Footfall.Adapters.Sqlite;

/// <summary>Members, sessions, and the links that bring people in, in the catalog's file.</summary>
public sealed class SqlitePeople(string path) : IPeople, IDisposable
{
    const string MemberColumns = "SELECT id, account, name, email, role, password, second_factor, seen_at FROM members ";
    const string SessionColumns = "SELECT id, member, created_at, seen_at, renewed_at, user_agent, address, hash FROM sessions ";
    const string InvitationColumns = "SELECT id, account, email, role, expires_at FROM invitations ";

    readonly CatalogFile _file = new(path);
    readonly Lock _lock = new();

    public void Dispose() => _file.Dispose();

    public bool HasMembers
    {
        get
        {
            lock (_lock)
                return _file.Query("SELECT 1 FROM members LIMIT 1", row => row.GetInt32(0)).Count > 0;
        }
    }

    public Account? FindAccount(int id)
    {
        lock (_lock)
            return _file.Query("SELECT id, name FROM accounts WHERE id = $id", row => new Account(row.GetInt32(0), row.GetString(1)), ("$id", id)).FirstOrDefault();
    }

    public void RenameAccount(int id, string name)
    {
        lock (_lock)
            _file.Run("UPDATE accounts SET name = $name WHERE id = $id", ("$name", name), ("$id", id));
    }

    public Member? FindMember(int id)
    {
        lock (_lock)
            return _file.Query(MemberColumns + "WHERE id = $id", MemberOf, ("$id", id)).FirstOrDefault();
    }

    public Member? FindMember(string email)
    {
        lock (_lock)
            return _file.Query(MemberColumns + "WHERE email = $email", MemberOf, ("$email", email)).FirstOrDefault();
    }

    public IReadOnlyList<Member> Members(int account)
    {
        lock (_lock)
            return _file.Query(MemberColumns + "WHERE account = $account ORDER BY name, id", MemberOf, ("$account", account));
    }

    public Member? AddMember(int account, string name, string email, Role role, string? password)
    {
        lock (_lock)
        {
            try
            {
                _file.Run("INSERT INTO members (account, name, email, role, password) VALUES ($account, $name, $email, $role, $password)",
                    ("$account", account), ("$name", name), ("$email", email), ("$role", (int)role), ("$password", password));
            }
            catch (SqliteException taken) when (CatalogFile.IsConflict(taken))
            {
                return null;
            }
            return new Member(_file.LastId(), account, name, email, role, password, null, null);
        }
    }

    public bool UpdateMember(Member member)
    {
        lock (_lock)
        {
            try
            {
                return _file.Run("UPDATE members SET name = $name, email = $email, password = $password, second_factor = $factor WHERE id = $id",
                    ("$name", member.Name), ("$email", member.Email), ("$password", member.Password), ("$factor", member.SecondFactor?.ToArray()),
                    ("$id", member.Id)) > 0;
            }
            catch (SqliteException taken) when (CatalogFile.IsConflict(taken))
            {
                return false;
            }
        }
    }

    public bool ChangeRole(int account, int member, Role role)
    {
        lock (_lock)
        {
            return _file.Run("""
                UPDATE members SET role = $role WHERE id = $id AND account = $account AND ($role = 4 OR role <> 4
                OR EXISTS (SELECT 1 FROM members other WHERE other.account = $account AND other.role = 4 AND other.id <> $id))
                """, ("$role", (int)role), ("$id", member), ("$account", account)) > 0;
        }
    }

    public bool RemoveMember(int account, int member)
    {
        lock (_lock)
        {
            return _file.Run("""
                DELETE FROM members WHERE id = $id AND account = $account AND (role <> 4
                OR EXISTS (SELECT 1 FROM members other WHERE other.account = $account AND other.role = 4 AND other.id <> $id))
                """, ("$id", member), ("$account", account)) > 0;
        }
    }

    public bool SpendStep(int member, long step)
    {
        lock (_lock)
            return _file.Run("UPDATE members SET spent_step = $step WHERE id = $id AND spent_step < $step", ("$step", step), ("$id", member)) > 0;
    }

    public void SetRecoveryCodes(int member, IReadOnlyList<byte[]> hashes)
    {
        lock (_lock)
        {
            using var change = _file.Begin();
            _file.Run("DELETE FROM recovery_codes WHERE member = $member", ("$member", member));
            foreach (var hash in hashes)
                _file.Run("INSERT INTO recovery_codes (member, hash) VALUES ($member, $hash)", ("$member", member), ("$hash", hash));
            change.Commit();
        }
    }

    public bool SpendRecoveryCode(int member, byte[] hash)
    {
        lock (_lock)
            return _file.Run("DELETE FROM recovery_codes WHERE member = $member AND hash = $hash", ("$member", member), ("$hash", hash)) > 0;
    }

    public Session AddSession(int member, byte[] hash, DateTimeOffset now, string userAgent, string address)
    {
        lock (_lock)
        {
            _file.Run("""
                INSERT INTO sessions (member, hash, created_at, seen_at, renewed_at, user_agent, address)
                VALUES ($member, $hash, $now, $now, $now, $agent, $address)
                """, ("$member", member), ("$hash", hash), ("$now", now), ("$agent", userAgent), ("$address", address));
            var session = new Session(_file.LastId(), member, now, now, now, userAgent, address);
            _file.Run("UPDATE members SET seen_at = $now WHERE id = $id", ("$now", now), ("$id", member));
            return session;
        }
    }

    public Session? FindSession(byte[] hash, out bool isFormer)
    {
        lock (_lock)
        {
            var found = _file.Query(SessionColumns + "WHERE hash = $hash OR former_hash = $hash",
                row => (Session: SessionOf(row), IsFormer: !((byte[])row.GetValue(7)).AsSpan().SequenceEqual(hash)), ("$hash", hash)).FirstOrDefault();
            isFormer = found.IsFormer;
            return found.Session;
        }
    }

    public IReadOnlyList<Session> Sessions(int member)
    {
        lock (_lock)
            return _file.Query(SessionColumns + "WHERE member = $member ORDER BY seen_at DESC", SessionOf, ("$member", member));
    }

    public void SeeSession(Session session, DateTimeOffset now)
    {
        lock (_lock)
        {
            using var change = _file.Begin();
            _file.Run("UPDATE sessions SET seen_at = $now WHERE id = $id", ("$now", now), ("$id", session.Id));
            _file.Run("UPDATE members SET seen_at = $now WHERE id = $id", ("$now", now), ("$id", session.Member));
            change.Commit();
        }
    }

    public bool RenewSession(byte[] former, byte[] hash, DateTimeOffset now)
    {
        lock (_lock)
        {
            return _file.Run("UPDATE sessions SET former_hash = hash, hash = $hash, renewed_at = $now WHERE hash = $former",
                ("$hash", hash), ("$now", now), ("$former", former)) > 0;
        }
    }

    public bool RemoveSession(int member, int id)
    {
        lock (_lock)
            return _file.Run("DELETE FROM sessions WHERE id = $id AND member = $member", ("$id", id), ("$member", member)) > 0;
    }

    public void RemoveSessions(int member, int but)
    {
        lock (_lock)
            _file.Run("DELETE FROM sessions WHERE member = $member AND id <> $but", ("$member", member), ("$but", but));
    }

    public void Forget(DateTimeOffset now, DateTimeOffset begunBefore, DateTimeOffset seenBefore)
    {
        lock (_lock)
        {
            _file.Run("DELETE FROM sessions WHERE created_at < $begun OR seen_at < $seen", ("$begun", begunBefore), ("$seen", seenBefore));
            _file.Run("DELETE FROM one_time_links WHERE expires_at < $now", ("$now", now));
            _file.Run("DELETE FROM invitations WHERE expires_at < $now", ("$now", now));
        }
    }

    public void AddOneTimeLink(OneTimeLink link, byte[] hash)
    {
        lock (_lock)
        {
            _file.Run("INSERT INTO one_time_links (hash, member, expires_at) VALUES ($hash, $member, $expires)",
                ("$hash", hash), ("$member", link.Member), ("$expires", link.ExpiresAt));
        }
    }

    public OneTimeLink? FindOneTimeLink(byte[] hash)
    {
        lock (_lock)
        {
            return _file.Query("SELECT member, expires_at FROM one_time_links WHERE hash = $hash",
                row => new OneTimeLink(row.IsDBNull(0) ? null : row.GetInt32(0), CatalogFile.TimeOf(row, 1)), ("$hash", hash)).FirstOrDefault();
        }
    }

    public bool SpendOneTimeLink(byte[] hash)
    {
        lock (_lock)
            return _file.Run("DELETE FROM one_time_links WHERE hash = $hash", ("$hash", hash)) > 0;
    }

    public Invitation AddInvitation(int account, string email, Role role, byte[] hash, DateTimeOffset expiresAt)
    {
        lock (_lock)
        {
            _file.Run("INSERT OR REPLACE INTO invitations (account, email, role, hash, expires_at) VALUES ($account, $email, $role, $hash, $expires)",
                ("$account", account), ("$email", email), ("$role", (int)role), ("$hash", hash), ("$expires", expiresAt));
            return new Invitation(_file.LastId(), account, email, role, expiresAt);
        }
    }

    public IReadOnlyList<Invitation> Invitations(int account)
    {
        lock (_lock)
            return _file.Query(InvitationColumns + "WHERE account = $account ORDER BY id", InvitationOf, ("$account", account));
    }

    public Invitation? FindInvitation(byte[] hash)
    {
        lock (_lock)
            return _file.Query(InvitationColumns + "WHERE hash = $hash", InvitationOf, ("$hash", hash)).FirstOrDefault();
    }

    public bool RemoveInvitation(int account, int id)
    {
        lock (_lock)
            return _file.Run("DELETE FROM invitations WHERE id = $id AND account = $account", ("$id", id), ("$account", account)) > 0;
    }

    static Member MemberOf(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), (Role)row.GetInt32(4), row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? (ReadOnlyMemory<byte>?)null : (byte[])row.GetValue(6), CatalogFile.MaybeTimeOf(row, 7));

    static Session SessionOf(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), CatalogFile.TimeOf(row, 2), CatalogFile.TimeOf(row, 3), CatalogFile.TimeOf(row, 4), row.GetString(5), row.GetString(6));

    static Invitation InvitationOf(SqliteDataReader row) =>
        new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), (Role)row.GetInt32(3), CatalogFile.TimeOf(row, 4));
}

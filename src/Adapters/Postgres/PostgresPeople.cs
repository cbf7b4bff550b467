using Footfall.Core.Accounts;
using Npgsql;

namespace Footfall.Adapters.Postgres;

/// <summary>Members, sessions, and the links that bring people in, in PostgreSQL, shared by every node.</summary>
public sealed class PostgresPeople(PostgresDatabase database) : IPeople
{
    const string MemberColumns = "SELECT id, account, name, email, role, password, second_factor, seen_at FROM members ";
    const string SessionColumns = "SELECT id, member, created_at, seen_at, renewed_at, user_agent, address, hash FROM sessions ";
    const string InvitationColumns = "SELECT id, account, email, role, expires_at FROM invitations ";

    public bool HasMembers => database.Read(connection => connection.One<bool>("SELECT EXISTS (SELECT 1 FROM members)"));

    public Account? FindAccount(int id) => database.Read(connection => connection.Query(
        "SELECT id, name FROM accounts WHERE id = $1", row => new Account(row.GetInt32(0), row.GetString(1)), id)).FirstOrDefault();

    public void RenameAccount(int id, string name) => database.Change(connection => connection.Run("UPDATE accounts SET name = $2 WHERE id = $1", id, name));

    public Member? FindMember(int id) => database.Read(connection => connection.Query(MemberColumns + "WHERE id = $1", MemberOf, id)).FirstOrDefault();

    public Member? FindMember(string email) =>
        database.Read(connection => connection.Query(MemberColumns + "WHERE lower(email) = lower($1)", MemberOf, email)).FirstOrDefault();

    public IReadOnlyList<Member> Members(int account) =>
        database.Read(connection => connection.Query(MemberColumns + "WHERE account = $1 ORDER BY name, id", MemberOf, account));

    public Member? AddMember(int account, string name, string email, Role role, string? password)
    {
        try
        {
            return database.Change(connection => new Member(
                connection.One<int>("INSERT INTO members (account, name, email, role, password) VALUES ($1, $2, $3, $4, $5) RETURNING id",
                    account, name, email, (int)role, password),
                account, name, email, role, password, null, null));
        }
        catch (PostgresException taken) when (Statements.IsConflict(taken))
        {
            return null;
        }
    }

    public bool UpdateMember(Member member)
    {
        try
        {
            return database.Change(connection => connection.Run("UPDATE members SET name = $2, email = $3, password = $4, second_factor = $5 WHERE id = $1",
                member.Id, member.Name, member.Email, member.Password, member.SecondFactor?.ToArray())) > 0;
        }
        catch (PostgresException taken) when (Statements.IsConflict(taken))
        {
            return false;
        }
    }

    public bool ChangeRole(int account, int member, Role role) => database.Change(connection =>
    {
        LockOwners(connection, account);
        return connection.Run("""
            UPDATE members SET role = $1 WHERE id = $2 AND account = $3 AND ($1 = 4 OR role <> 4
            OR EXISTS (SELECT 1 FROM members other WHERE other.account = $3 AND other.role = 4 AND other.id <> $2))
            """, (int)role, member, account) > 0;
    });

    public bool RemoveMember(int account, int member) => database.Change(connection =>
    {
        LockOwners(connection, account);
        return connection.Run("""
            DELETE FROM members WHERE id = $1 AND account = $2 AND (role <> 4
            OR EXISTS (SELECT 1 FROM members other WHERE other.account = $2 AND other.role = 4 AND other.id <> $1))
            """, member, account) > 0;
    });

    public bool SpendStep(int member, long step) =>
        database.Change(connection => connection.Run("UPDATE members SET spent_step = $2 WHERE id = $1 AND spent_step < $2", member, step)) > 0;

    public void SetRecoveryCodes(int member, IReadOnlyList<byte[]> hashes) => database.Change(connection =>
    {
        connection.Run("DELETE FROM recovery_codes WHERE member = $1", member);
        return connection.Run("INSERT INTO recovery_codes (member, hash) SELECT $1, unnest($2)", member, hashes.ToArray());
    });

    public bool SpendRecoveryCode(int member, byte[] hash) =>
        database.Change(connection => connection.Run("DELETE FROM recovery_codes WHERE member = $1 AND hash = $2", member, hash)) > 0;

    public Session AddSession(int member, byte[] hash, DateTimeOffset now, string userAgent, string address) => database.Change(connection =>
    {
        var id = connection.One<int>("""
            INSERT INTO sessions (member, hash, created_at, seen_at, renewed_at, user_agent, address) VALUES ($1, $2, $3, $3, $3, $4, $5) RETURNING id
            """, member, hash, now, userAgent, address);
        connection.Run("UPDATE members SET seen_at = $2 WHERE id = $1", member, now);
        return new Session(id, member, now, now, now, userAgent, address);
    });

    public Session? FindSession(byte[] hash, out bool isFormer)
    {
        var found = database.Read(connection => connection.Query(SessionColumns + "WHERE hash = $1 OR former_hash = $1",
            row => (Session: SessionOf(row), IsFormer: !row.GetFieldValue<byte[]>(7).AsSpan().SequenceEqual(hash)), hash)).FirstOrDefault();
        isFormer = found.IsFormer;
        return found.Session;
    }

    public IReadOnlyList<Session> Sessions(int member) =>
        database.Read(connection => connection.Query(SessionColumns + "WHERE member = $1 ORDER BY seen_at DESC", SessionOf, member));

    public void SeeSession(Session session, DateTimeOffset now) => database.Note(connection =>
    {
        connection.Run("UPDATE sessions SET seen_at = greatest(seen_at, $2) WHERE id = $1", session.Id, now);
        return connection.Run("UPDATE members SET seen_at = greatest(seen_at, $2) WHERE id = $1", session.Member, now);
    });

    public bool RenewSession(byte[] former, byte[] hash, DateTimeOffset now) => database.Change(connection => connection.Run(
        "UPDATE sessions SET former_hash = hash, hash = $2, renewed_at = $3 WHERE hash = $1", former, hash, now)) > 0;

    public bool RemoveSession(int member, int id) => database.Change(connection => connection.Run("DELETE FROM sessions WHERE id = $1 AND member = $2", id, member)) > 0;

    public void RemoveSessions(int member, int but) => database.Change(connection => connection.Run("DELETE FROM sessions WHERE member = $1 AND id <> $2", member, but));

    public void Forget(DateTimeOffset now, DateTimeOffset begunBefore, DateTimeOffset seenBefore) => database.Note(connection =>
    {
        connection.Run("DELETE FROM sessions WHERE created_at < $1 OR seen_at < $2", begunBefore, seenBefore);
        connection.Run("DELETE FROM one_time_links WHERE expires_at < $1", now);
        return connection.Run("DELETE FROM invitations WHERE expires_at < $1", now);
    });

    public void AddOneTimeLink(OneTimeLink link, byte[] hash) => database.Change(connection => connection.Run(
        "INSERT INTO one_time_links (hash, member, expires_at) VALUES ($1, $2, $3)", hash, link.Member, link.ExpiresAt));

    public OneTimeLink? FindOneTimeLink(byte[] hash) => database.Read(connection => connection.Query("SELECT member, expires_at FROM one_time_links WHERE hash = $1",
        row => new OneTimeLink(row.IsDBNull(0) ? null : row.GetInt32(0), row.Time(1)), hash)).FirstOrDefault();

    public bool SpendOneTimeLink(byte[] hash) => database.Change(connection => connection.Run("DELETE FROM one_time_links WHERE hash = $1", hash)) > 0;

    public Invitation AddInvitation(int account, string email, Role role, byte[] hash, DateTimeOffset expiresAt) => database.Change(connection =>
    {
        connection.Run("DELETE FROM invitations WHERE account = $1 AND lower(email) = lower($2)", account, email);
        var id = connection.One<int>("""
            INSERT INTO invitations (account, email, role, hash, expires_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (account, lower(email)) DO UPDATE SET email = excluded.email, role = excluded.role, hash = excluded.hash, expires_at = excluded.expires_at
            RETURNING id
            """, account, email, (int)role, hash, expiresAt);
        return new Invitation(id, account, email, role, expiresAt);
    });

    public IReadOnlyList<Invitation> Invitations(int account) =>
        database.Read(connection => connection.Query(InvitationColumns + "WHERE account = $1 ORDER BY id", InvitationOf, account));

    public Invitation? FindInvitation(byte[] hash) => database.Read(connection => connection.Query(InvitationColumns + "WHERE hash = $1", InvitationOf, hash)).FirstOrDefault();

    public bool RemoveInvitation(int account, int id) =>
        database.Change(connection => connection.Run("DELETE FROM invitations WHERE id = $1 AND account = $2", id, account)) > 0;

    /// <summary>One change of an account's owners at a time, whichever node makes it: two that each leave the other's owner would leave none.</summary>
    static void LockOwners(NpgsqlConnection connection, int account) => connection.Run("SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE", account);

    static Member MemberOf(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), (Role)row.GetInt32(4), row.MaybeText(5),
        row.IsDBNull(6) ? (ReadOnlyMemory<byte>?)null : row.GetFieldValue<byte[]>(6), row.MaybeTime(7));

    static Session SessionOf(NpgsqlDataReader row) =>
        new(row.GetInt32(0), row.GetInt32(1), row.Time(2), row.Time(3), row.Time(4), row.GetString(5), row.GetString(6));

    static Invitation InvitationOf(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), (Role)row.GetInt32(3), row.Time(4));
}

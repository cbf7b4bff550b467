using Footfall.Core.Accounts;
using Npgsql;

namespace Footfall.Adapters.Postgres;

/// <summary>Keys and shared links in PostgreSQL, shared by every node.</summary>
public sealed class PostgresGrants(PostgresDatabase database) : IGrants
{
    const string KeyColumns = "SELECT id, account, prefix, label, scopes, created_at, used_at FROM keys ";
    const string LinkColumns = "SELECT id, site, name, token, password, filters FROM shared_links ";

    public ApiKey? FindKey(byte[] hash) => database.Read(connection => connection.Query(KeyColumns + "WHERE hash = $1", KeyOf, hash)).FirstOrDefault();

    public IReadOnlyList<ApiKey> Keys(int account) => database.Read(connection => connection.Query(KeyColumns + "WHERE account = $1 ORDER BY id", KeyOf, account));

    public ApiKey AddKey(int account, string prefix, string label, ApiScopes scopes, byte[] hash, DateTimeOffset now) => database.Change(connection => new ApiKey(
        connection.One<int>("INSERT INTO keys (account, hash, prefix, label, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
            account, hash, prefix, label, (int)scopes, now),
        account, prefix, label, scopes, now, null));

    public bool RemoveKey(int account, int id) => database.Change(connection =>
    {
        if (connection.Run("DELETE FROM keys WHERE id = $1 AND account = $2", id, account) == 0)
            return false;
        connection.Run("INSERT INTO removals (kind, id) VALUES ('key', $1)", id);
        return true;
    });

    public void SeeKey(int id, DateTimeOffset now) => database.Note(connection => connection.Run("UPDATE keys SET used_at = greatest(used_at, $2) WHERE id = $1", id, now));

    public SharedLink? FindLink(string token) => database.Read(connection => connection.Query(LinkColumns + "WHERE token = $1", LinkOf, token)).FirstOrDefault();

    public SharedLink? FindLink(int id) => database.Read(connection => connection.Query(LinkColumns + "WHERE id = $1", LinkOf, id)).FirstOrDefault();

    public IReadOnlyList<SharedLink> Links(int site) => database.Read(connection => connection.Query(LinkColumns + "WHERE site = $1 ORDER BY id", LinkOf, site));

    public SharedLink AddLink(int site, string name, string token, string? password, string filters) => database.Change(connection => new SharedLink(
        connection.One<int>("INSERT INTO shared_links (site, name, token, password, filters) VALUES ($1, $2, $3, $4, $5) RETURNING id",
            site, name, token, password, filters),
        site, name, token, password, filters));

    public bool RemoveLink(int site, int id) => database.Change(connection => connection.Run("DELETE FROM shared_links WHERE id = $1 AND site = $2", id, site)) > 0;

    public byte[] Secret(string name, byte[] candidate) =>
        database.Read(connection => Known(connection, name)) ?? database.Change(connection =>
        {
            connection.Run("INSERT INTO secrets (name, secret) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, candidate);
            return Known(connection, name)!;
        });

    static byte[]? Known(NpgsqlConnection connection, string name) =>
        connection.Query("SELECT secret FROM secrets WHERE name = $1", row => row.GetFieldValue<byte[]>(0), name).FirstOrDefault();

    static ApiKey KeyOf(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), (ApiScopes)row.GetInt32(4), row.Time(5), row.MaybeTime(6));

    static SharedLink LinkOf(NpgsqlDataReader row) =>
        new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.MaybeText(4), row.GetString(5));
}

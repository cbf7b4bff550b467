using Footfall.Core.Accounts;
using Microsoft.Data.Sqlite;

namespace Footfall.Adapters.Sqlite;

/// <summary>Keys and shared links in the catalog's file.</summary>
public sealed class SqliteGrants(string path) : IGrants, IDisposable
{
    const string KeyColumns = "SELECT id, account, prefix, label, scopes, created_at, used_at FROM keys ";
    const string LinkColumns = "SELECT id, site, name, token, password, filters FROM shared_links ";

    readonly CatalogFile _file = new(path);
    readonly Lock _lock = new();

    public void Dispose() => _file.Dispose();

    public ApiKey? FindKey(byte[] hash)
    {
        lock (_lock)
            return _file.Query(KeyColumns + "WHERE hash = $hash", KeyOf, ("$hash", hash)).FirstOrDefault();
    }

    public IReadOnlyList<ApiKey> Keys(int account)
    {
        lock (_lock)
            return _file.Query(KeyColumns + "WHERE account = $account ORDER BY id", KeyOf, ("$account", account));
    }

    public ApiKey AddKey(int account, string prefix, string label, ApiScopes scopes, byte[] hash, DateTimeOffset now)
    {
        lock (_lock)
        {
            _file.Run("INSERT INTO keys (account, hash, prefix, label, scopes, created_at) VALUES ($account, $hash, $prefix, $label, $scopes, $now)",
                ("$account", account), ("$hash", hash), ("$prefix", prefix), ("$label", label), ("$scopes", (int)scopes), ("$now", now));
            return new ApiKey(_file.LastId(), account, prefix, label, scopes, now, null);
        }
    }

    public bool RemoveKey(int account, int id)
    {
        lock (_lock)
            return _file.Run("DELETE FROM keys WHERE id = $id AND account = $account", ("$id", id), ("$account", account)) > 0;
    }

    public void SeeKey(int id, DateTimeOffset now)
    {
        lock (_lock)
            _file.Run("UPDATE keys SET used_at = $now WHERE id = $id", ("$now", now), ("$id", id));
    }

    public SharedLink? FindLink(string token)
    {
        lock (_lock)
            return _file.Query(LinkColumns + "WHERE token = $token", LinkOf, ("$token", token)).FirstOrDefault();
    }

    public SharedLink? FindLink(int id)
    {
        lock (_lock)
            return _file.Query(LinkColumns + "WHERE id = $id", LinkOf, ("$id", id)).FirstOrDefault();
    }

    public IReadOnlyList<SharedLink> Links(int site)
    {
        lock (_lock)
            return _file.Query(LinkColumns + "WHERE site = $site ORDER BY id", LinkOf, ("$site", site));
    }

    public SharedLink AddLink(int site, string name, string token, string? password, string filters)
    {
        lock (_lock)
        {
            _file.Run("INSERT INTO shared_links (site, name, token, password, filters) VALUES ($site, $name, $token, $password, $filters)",
                ("$site", site), ("$name", name), ("$token", token), ("$password", password), ("$filters", filters));
            return new SharedLink(_file.LastId(), site, name, token, password, filters);
        }
    }

    public bool RemoveLink(int site, int id)
    {
        lock (_lock)
            return _file.Run("DELETE FROM shared_links WHERE id = $id AND site = $site", ("$id", id), ("$site", site)) > 0;
    }

    public byte[] Secret(string name, byte[] candidate)
    {
        lock (_lock)
        {
            _file.Run("INSERT OR IGNORE INTO secrets (name, secret) VALUES ($name, $secret)", ("$name", name), ("$secret", candidate));
            return _file.Query("SELECT secret FROM secrets WHERE name = $name", row => (byte[])row.GetValue(0), ("$name", name))[0];
        }
    }

    static ApiKey KeyOf(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), (ApiScopes)row.GetInt32(4),
        CatalogFile.TimeOf(row, 5), CatalogFile.MaybeTimeOf(row, 6));

    static SharedLink LinkOf(SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5));
}

using Footfall.Core.Sites;
using Npgsql;

namespace Footfall.Adapters.Postgres;

/// <summary>Sites as they are read from their rows.</summary>
static class SiteRows
{
    const string Columns = """
        SELECT id, time_zone, currency, settings, account, (SELECT array_agg(domain ORDER BY place) FROM domains WHERE site = sites.id) FROM sites
        """;

    public static List<Site> All(NpgsqlConnection connection) => connection.Query(Columns + " ORDER BY id", Read);

    /// <summary>Those that transactions from a number up to another changed.</summary>
    public static List<Site> Changed(NpgsqlConnection connection, ulong from, ulong before) =>
        connection.Query(Columns + " WHERE changed >= $1::text::xid8 AND changed < $2::text::xid8 ORDER BY id", Read, Number(from), Number(before));

    public static string Number(ulong transaction) => transaction.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static Site Read(NpgsqlDataReader row) =>
        new(row.GetInt32(0), row.IsDBNull(5) ? [] : row.GetFieldValue<string[]>(5), row.GetString(1), row.GetString(2), SiteSettingsText.Read(row.GetString(3)))
        {
            Account = row.GetInt32(4),
        };
}

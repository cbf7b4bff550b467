using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

/// <summary>Asks which logic and rules made the rows that a question is about.</summary>
static class DefinitionSql
{
    /// <summary>What made something of a site on the days that a condition chooses, as <see cref="MadeBy"/> writes it.</summary>
    /// <param name="days">A condition on <c>day</c>, whose values are among the parameters.</param>
    public static async ValueTask<string> MadeByOnAsync(ISqlSession session, int site, string days, SqlParameters parameters)
    {
        var sql = $"SELECT DISTINCT version FROM definitions WHERE site = {parameters.Add(site)} AND ({days})";
        return MadeBy.Join(await session.QueryAsync(sql, parameters, reader =>
        {
            var found = new List<string>();
            while (reader.Read())
                found.Add(reader.GetString(0));
            return found;
        }));
    }
}

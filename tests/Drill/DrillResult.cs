using System.Globalization;
using Footfall.Drill.Ledger;

namespace Footfall.Drill;

/// <summary>What came of a drill, and how it is told.</summary>
sealed record DrillResult(DrillOptions Options, IReadOnlyList<FaultTally> Faults, Audit Audit, TimeSpan Took)
{
    public bool IsGood => Audit.IsGood && Faults.All(fault => fault.Failed is null);

    public void Write(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("fault                 times  acknowledged       found   lost  double  unavailable  longest");
        foreach (var fault in Faults.Where(fault => fault.Times > 0))
            output.WriteLine(Row(fault));
        output.WriteLine(Row(new FaultTally("all")
        {
            Times = Faults.Sum(fault => fault.Times),
            Acknowledged = Audit.Acknowledged.Count,
            Found = Faults.Sum(fault => fault.Found),
            Lost = Audit.Lost.Count,
            Twice = Audit.Twice.Count,
            Unavailable = TimeSpan.FromTicks(Faults.Sum(fault => fault.Unavailable.Ticks)),
            LongestUnavailable = Faults.Max(fault => fault.LongestUnavailable),
        }));
        output.WriteLine();
        foreach (var skipped in Faults.Where(fault => fault.Skipped is not null))
            output.WriteLine($"skipped {skipped.Name}: {skipped.Skipped}.");
        foreach (var failed in Faults.Where(fault => fault.Failed is not null))
            output.WriteLine($"FAILED {failed.Name}: {failed.Failed}");
        foreach (var wrong in Audit.Wrong)
            output.WriteLine($"FAILED: {wrong}");
        if (Audit.Lost.Count > 0)
            output.WriteLine($"FAILED: lost are such as {string.Join(", ", Audit.Lost.Take(5).Select(lost => lost.Id))}");
        if (Audit.Twice.Count > 0)
            output.WriteLine($"FAILED: counted more than once are such as {string.Join(", ", Audit.Twice.Take(5).Select(twice => twice.Id))}");
        if (Audit.Invented.Count > 0)
            output.WriteLine($"FAILED: never sent were such as {string.Join(", ", Audit.Invented.Take(5))}");
        var failures = Faults.Count(fault => fault.Failed is not null || fault.Lost + fault.Twice > 0) + Audit.Wrong.Count + (Audit.Invented.Count > 0 ? 1 : 0);
        var skips = Faults.Count(fault => fault.Skipped is not null);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {Options.Seed}, {Took.TotalSeconds:N0} s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Faults.Count(fault => fault.Times > 0 && fault.Failed is null && fault.Lost + fault.Twice == 0)} passed, {failures} failed, {skips} skipped"));
    }

    static string Row(FaultTally fault) => string.Create(CultureInfo.InvariantCulture,
        $"{fault.Name,-21} {fault.Times,5}  {fault.Acknowledged,12:N0}  {fault.Found,10:N0}  {fault.Lost,5:N0}  {fault.Twice,6:N0}  {fault.Unavailable.TotalSeconds,9:N1} s  {fault.LongestUnavailable.TotalSeconds,5:N1} s");
}

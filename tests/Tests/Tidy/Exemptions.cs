using System.Runtime.CompilerServices;

namespace Footfall.Tests.Tidy;

/// <summary>The one list of exceptions from the rules of taste. It only shrinks: lower <see cref="CountMax"/> with every line that goes.</summary>
public sealed class Exemptions
{
    const int CountMax = 0;

    static readonly Exemption[] All = [];

    [Fact]
    public void The_list_only_shrinks() => Assert.True(All.Length == CountMax, $"{All.Length} exemptions where {CountMax} are allowed");

    [Fact]
    public void Every_exemption_gives_a_reason() => Assert.All(All, exemption => Assert.True(exemption.Reason.Length > 20, exemption.Subject));

    /// <summary>Fails for every finding that is not exempt, and for every exemption from the rule that is no longer needed.</summary>
    /// <param name="findings">What is wrong: the subject, then the sentence that says what to do.</param>
    internal static void Check(IEnumerable<(string Subject, string Advice)> findings, [CallerMemberName] string rule = "")
    {
        var exempt = All.Where(exemption => exemption.Rule == rule).Select(exemption => exemption.Subject).ToHashSet(StringComparer.Ordinal);
        var found = findings.Distinct().ToList();
        var wrong = found.Where(finding => !exempt.Contains(finding.Subject)).Select(finding => $"{finding.Subject}: {finding.Advice}");
        var idle = exempt.Except(found.Select(finding => finding.Subject)).Select(subject => $"{subject}: is exempt and needs it no longer; delete the exemption");
        var all = wrong.Concat(idle).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all.Prepend(rule)));
    }
}

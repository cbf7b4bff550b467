namespace Footfall.Tests.Tidy;

/// <summary>A place where a rule would make the code worse.</summary>
/// <param name="Rule">The name of the test.</param>
/// <param name="Subject">What the rule would complain about, as the test names it.</param>
/// <param name="Reason">Why it is better so.</param>
sealed record Exemption(string Rule, string Subject, string Reason);

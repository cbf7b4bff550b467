namespace Footfall.Adapters.UserAgents;

/// <summary>One row of the table of device classes: the class of agents that contain all of some words.</summary>
sealed record DeviceRule(string Class, params string[] Words)
{
    public bool Matches(string agent)
    {
        foreach (var word in Words)
        {
            if (!agent.Contains(word, StringComparison.Ordinal))
                return false;
        }
        return true;
    }
}

namespace Footfall.Server.Admin;

/// <summary>Whom a route is for.</summary>
public enum NeedKind
{
    Nothing,
    Anybody,
    Person,
    Member,
    Operator,
}

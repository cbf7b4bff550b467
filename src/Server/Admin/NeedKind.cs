namespace Footfall.Server.Admin;

/// <summary>Whom a route is for.</summary>
enum NeedKind
{
    Nothing,
    Anybody,
    Person,
    Member,
    Operator,
}

namespace PrivacyFunctions.Callers;

/// <summary>
/// What somebody may do who calls the routes that are not for everybody; each route says for which roles it is, by
/// <see cref="ForRolesAttribute"/>. Who has several may do what any of them may.
/// </summary>
[Flags]
internal enum CallerRole
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sends the company's messages and newsletters, and asks what must not be done with somebody's data. The only one that a system may have.</summary>
    Messages = 1,

    /// <summary>Looks after cases: sees them, stops them for a look, undoes an end.</summary>
    Agent = 2,

    /// <summary>Decides what is deleted: approves plans, ends accounts for the company, places and releases holds.</summary>
    Approver = 4,

    /// <summary>
    /// The Data Protection Officer: sees everything, stops cases, places and releases holds, and decides no deletion (GDPR art.
    /// 38(6): no task that conflicts with watching over it).
    /// </summary>
    Dpo = 8,

    /// <summary>Sees everything and changes nothing.</summary>
    Auditor = 16,
}

/// <summary>Roles as words: in our records, on the command line and in answers.</summary>
internal static class CallerRoles
{
    private static readonly CallerRole[] Each = [.. Enum.GetValues<CallerRole>().Where(role => role != CallerRole.None)];

    /// <summary>All of them.</summary>
    public static CallerRole All { get; } = Each.Aggregate((some, one) => some | one);

    /// <summary>Such as "agent, approver".</summary>
    public static string Words(this CallerRole roles) => string.Join(", ", Each.Where(role => roles.HasFlag(role)).Select(Name));

    /// <summary>Reads names that are separated by commas. One that is not known gives nothing.</summary>
    /// <param name="words">Such as "agent,approver".</param>
    /// <param name="unknown">The names that are no role.</param>
    public static CallerRole Read(string words, out IReadOnlyList<string> unknown)
    {
        var names = words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        unknown = [.. names.Except(Each.Select(Name), StringComparer.Ordinal)];
        return Each.Where(role => names.Contains(Name(role), StringComparer.Ordinal))
            .Aggregate(CallerRole.None, (some, one) => some | one);
    }

    private static string Name(CallerRole role) => role.ToString().ToLowerInvariant();
}

using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// The part of a data set that keys may touch. No adapter is asked without one, and there is no other way to make one than
/// <see cref="Of"/>: what is not theirs is not even read, and cannot be destroyed.
/// </summary>
internal sealed record Reach
{
    private Reach(DataSet set, Find find, DataKeys keys) => (Set, Find, Keys) = (set, find, keys);

    public DataSet Set { get; }

    /// <summary>How these keys find their part: the set's way for a person, or its way for an account.</summary>
    public Find Find { get; }

    public DataKeys Keys { get; }

    /// <summary>Only what comes after it in the order of the store, where an export goes on; null for everything.</summary>
    public ItemKey? After { get; init; }

    /// <summary>How many items are wanted, about: a store need not prepare more.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>The partition keys, row keys or folders that are theirs.</summary>
    public IEnumerable<string> Names => Keys.Fill(Find.Key);

    /// <summary>
    /// A person reaches what is gathered for a person, never service data (clauses T-PROCESSOR, T-DIRECTIVE), and in the
    /// directory all their entries, whatever the address; an account reaches what the map says goes with the account.
    /// </summary>
    /// <exception cref="InvalidOperationException">The set has no part that these keys may touch.</exception>
    public static Reach Of(DataSet set, DataKeys keys) => keys switch
    {
        SubjectKeys { Persons.IsEmpty: false } when set is { IsGathered: true, Identity: { } directory } =>
            new Reach(set, directory.OfPerson, keys),
        SubjectKeys when set is { IsGathered: true, Find: { } find } => new Reach(set, find, keys),
        SubjectKeys => throw new InvalidOperationException($"The data set '{set.Id}' is not gathered for a person."),
        AccountKeys when set.OfAccount is { } find => new Reach(set, find, keys),
        _ => throw new InvalidOperationException($"The data set '{set.Id}' holds nothing that belongs to an account."),
    };
}

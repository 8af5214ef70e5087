using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Sources;

/// <summary>By what a part of a data set is found: the keys of one person or of one customer account, and no other's.</summary>
internal abstract record DataKeys
{
    private protected DataKeys()
    {
    }

    /// <summary>The keys that a path yields; none when it asks for something that this person does not have.</summary>
    /// <exception cref="InvalidOperationException">
    /// The path is not theirs: an account's or a case's for a person, anything but an account's for an account.
    /// </exception>
    public abstract IEnumerable<string> Fill(KeyPath path);

    /// <summary>Their ids of that kind, as they are stored; none when they have none.</summary>
    public abstract IEnumerable<string> Ids(KeyKind kind);

    /// <summary>Whether a stored value names them: an address in any spelling, or exactly an id.</summary>
    public abstract bool IsNamedBy(string? stored, KeyKind kind);
}

/// <summary>By what a customer account's own data is found: service data, and the little that goes with the account.</summary>
internal sealed record AccountKeys(AccountId Account) : DataKeys
{
    public override IEnumerable<string> Fill(KeyPath path) => path.Kind is KeyKind.Account
        ? [path.Fill(KeyKind.Account, Account.Value)]
        : throw new InvalidOperationException($"An account is not found by {path}.");

    public override IEnumerable<string> Ids(KeyKind kind) => kind is KeyKind.Account ? [Account.Value] : [];

    public override bool IsNamedBy(string? stored, KeyKind kind) => Ids(kind).Contains(stored);
}

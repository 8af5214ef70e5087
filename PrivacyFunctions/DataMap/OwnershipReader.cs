using System.Collections.Immutable;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads which set is the register of customer accounts, and holds it to what the end of an account needs.</summary>
internal static class OwnershipReader
{
    /// <returns>Null for a set that is no such register.</returns>
    public static Ownership? Read(MapNode set, Role role, Find? ofAccount, ImmutableArray<Field> fields)
    {
        if (set.OptionalChild("ownership") is not { } node)
            return null;
        if (role is Role.Processor)
            set.Problem("'ownership' has no place in a processor set: who owns an account is the company's own knowledge");
        else if (ofAccount is null)
            set.Problem("'ownership' belongs to a set with 'ofAccount': the record of an account is found by its number");

        var read = new Ownership(
            node.ExportedField("account", fields), node.ExportedField("owner", fields), node.ExportedField("since", fields),
            node.Has("letters") ? node.Choice<AccountLetters>("letters", "how account numbers are written") : AccountLetters.Either);
        node.ReportUnknown();
        return read;
    }
}

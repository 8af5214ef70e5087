using System.Collections.Frozen;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>
/// What the package of a right holds and how its person is told of it. A right whose answer is a package registers one; the steps of this
/// folder, which are the same for all of them, ask it.
/// </summary>
internal interface IPackagedRight
{
    /// <summary>Whose packages it is about.</summary>
    CaseKind Kind { get; }

    /// <summary>Whether the package has to hold all that is held of the person (art. 15(3)).</summary>
    bool IsOfEverything { get; }

    /// <summary>The data sets that are searched, in the map's order.</summary>
    IEnumerable<DataSet> Sets { get; }

    /// <summary>The set with those fields that the right covers.</summary>
    DataSet Cover(DataSet set);

    /// <summary>What the right covers of a record; null when that is nothing.</summary>
    /// <param name="covered">The record's data set, with the fields that the right covers.</param>
    /// <param name="record">As an answer may contain it.</param>
    /// <param name="number">Which of the person's records in the set it is; the first is 1.</param>
    PersonalRecord? Cover(DataSet covered, PersonalRecord record, long number);

    /// <summary>The entries that hold and explain everything. The tables and files follow by themselves.</summary>
    IEnumerable<PackageEntry> EntriesOf(PackageSource source);

    /// <summary>The package can be fetched.</summary>
    PersonDraft Ready(CaseId reference, DateTimeOffset until, Uri link);

    /// <summary>It could be fetched, but no mail went out until it had to be deleted.</summary>
    PersonDraft Gone(CaseId reference, DateTimeOffset until, Uri askAgain);
}

/// <summary>What a package is made from.</summary>
/// <param name="Request">The request that it answers.</param>
/// <param name="Searched">The addresses under which the person's data was searched.</param>
/// <param name="Sets">The data sets that were searched.</param>
internal sealed record PackageSource(
    PackagedRequest Request, IReadOnlyList<EmailAddress> Searched, IReadOnlyList<AnsweredSet> Sets);

/// <summary>A data set that was searched, with the fields that the right covers, and how much about the person it held.</summary>
internal sealed record AnsweredSet(DataSet DataSet, long Records, int Files);

/// <summary>An entry of a package, which is written as a stream.</summary>
internal sealed record PackageEntry(string Name, Func<Stream, CancellationToken, Task> WriteAsync);

/// <summary>The rights whose answer is a package.</summary>
internal sealed class PackagedRights(IEnumerable<IPackagedRight> all)
{
    private readonly FrozenDictionary<CaseKind, IPackagedRight> _all = all.ToFrozenDictionary(right => right.Kind);

    /// <exception cref="KeyNotFoundException">Requests of that kind are answered otherwise.</exception>
    public IPackagedRight Of(CaseKind kind) => _all[kind];
}

using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Which recipients may have something of a person. Where a use is restricted nobody has looked whether there is any data, and whoever never had some
/// must not learn of the person by being told.
/// </summary>
internal sealed class KnownRecipients(SubjectLocator locator, PersonalDataSources sources)
{
    /// <summary>Whom we can tell about the owner of a mailbox: those of data sets in which something of theirs is held.</summary>
    /// <param name="address">The mailbox.</param>
    /// <param name="isSure">Whether it is clear whose it is; if not, we write to nobody, and somebody has to find out who is to be told.</param>
    /// <param name="sets">The data sets.</param>
    /// <param name="cancellation">Stops looking.</param>
    public async Task<ToldAbout> OfAsync(EmailAddress address, bool isSure, IReadOnlyList<DataSet> sets, CancellationToken cancellation)
    {
        if (!isSure) return new([address], _ => false);
        var (who, known) = (await locator.LocateAsync(address, cancellation), new HashSet<string>(StringComparer.Ordinal));
        foreach (var set in sets)
            if (set.Recipients.Any(recipient => recipient.IsToBeTold && !known.Contains(recipient.Id))
                && (set.IsToldFromOurRecords || await sources.ExportAsync(set, who, cancellation).AnyAsync(cancellation)))
                known.UnionWith(set.Recipients.Select(recipient => recipient.Id));
        return new([.. who.Addresses], recipient => known.Contains(recipient.Id)) { IsMeant = recipient => known.Contains(recipient.Id) };
    }

    /// <summary>
    /// Whom we can tell that the owner of a mailbox objects to advertising: of those who advertise, the ones of data sets in which something of theirs is
    /// held. They read of that one address, since nobody has proven it: whoever has others objects with each.
    /// </summary>
    public async Task<ToldAbout> WhoAdvertiseAsync(EmailAddress address, IReadOnlyList<DataSet> sets, CancellationToken cancellation)
    {
        try
        {
            var known = await OfAsync(address, isSure: true, sets, cancellation);
            return known with { Addresses = [address], IsMeant = recipient => recipient.Advertises && known.IsMeant(recipient) };
        }
        catch (InvalidDataException)
        {
            // An entry leads to nobody by a usable id, and nobody knows whose data it is.
            return new([address], _ => false) { IsMeant = recipient => recipient.Advertises };
        }
    }
}

using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Writes an account's service data as one ZIP (T-EXPORT): for each data set a CSV for people and a file of JSON lines for
/// programs, and the files as they are; a large set has several of each, which are numbered. Records are whole: what the map does
/// not know is in them, too. Everything streams from store to store, in goes of a bounded size, however large the account.
/// </summary>
internal sealed class ServiceExport(DataMapRegister map, PersonalDataSources sources, ExportFolder folder, PartSize size)
{
    /// <summary>Writes as much of the case's package as one go takes, after what earlier ones wrote.</summary>
    /// <returns>What is in it; null while something is missing.</returns>
    public async Task<PackageContents?> WriteMoreAsync(
        CaseId id, AccountId account, DateTimeOffset began, CancellationToken cancellation)
    {
        var sets = map.PurgedWithAccount.Where(set => set.Role is Role.Processor).ToList();
        var package = await PackageInParts.OpenAsync(folder, id, cancellation);
        if (!package.IsWhole && package.Where<ServicePlace>()?.IsIn(sets) is false) package = package.Anew(); // begun with another data map
        var place = package.Where<ServicePlace>() ?? ServicePlace.Start(sets);
        if (!package.IsWhole)
        {
            if (place.Set is not null || package.Length == 0)
            {
                var part = new ServicePart(sources, new AccountKeys(account), size, began);
                package = await package.AddAsync(zip => part.WriteAsync(zip, sets, place, cancellation), cancellation);
                place = package.Where<ServicePlace>()!;
                if (place.Set is not null) return null;
            }

            package = await package.EndAsync(cancellation);
        }

        return new(sets.Count, place.Records, await package.HashAsync(cancellation), package.Length);
    }
}

/// <summary>How much one go writes, about: far less than the host's time limit allows, whatever the storage's mood.</summary>
/// <param name="Records">Records; a table gives a thousand at once.</param>
/// <param name="Files">Files, each of which is fetched for itself.</param>
/// <param name="Bytes">Of their content. A single larger file is one go.</param>
/// <param name="Text">Bytes of the records alone, without their files: what is written of them twice is kept in memory in between.</param>
internal sealed record PartSize(int Records = 20_000, int Files = 2_500, long Bytes = 1L << 30, int Text = 1 << 24);

using PrivacyFunctions.DataMap;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// Writes the package's <c>index.html</c>. It shows the first records of each data set and names the files that hold all
/// of them, so that a person with very many records gets a page that opens.
/// </summary>
internal sealed class AnswerPage(DataMapRegister map, PackagePages pages)
{
    /// <summary>How many records of a data set the page shows.</summary>
    public const int Shown = 100;

    public async Task WriteAsync(Stream target, PackageSource source, GatheredParts parts, CancellationToken cancellation)
    {
        var shown = new List<ShownSet>();
        foreach (var set in source.Sets)
            shown.Add(new(
                set.DataSet, set.Records,
                await parts.ReadAsync(source.Request.Id, set.DataSet, cancellation).Take(Shown).ToListAsync(cancellation)));

        await pages.WriteAsync<Answer>(
            target, new AnswerModel(map.Company, source.Request, source.Searched, shown, [.. DataSetFacts.NotCopied(map)]));
    }
}

/// <summary>What <see cref="Answer"/> shows.</summary>
internal sealed record AnswerModel(
    Company Company, SubjectRequest Request, IReadOnlyList<EmailAddress> Searched, IReadOnlyList<ShownSet> Sets,
    IReadOnlyList<DataSet> NotCopied);

/// <summary>A data set with its first records.</summary>
internal sealed record ShownSet(DataSet DataSet, long Records, IReadOnlyList<GatheredRecord> First);

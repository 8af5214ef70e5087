using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An account's end leaves no trace of a person where only ids belong.</summary>
[Clause("C-SECURE")]
[Clause("T-ACTIVE")]
public class TerminationLeakTests
{
    [LocalFact("looks into its files", typeof(LeaksOnAnyHostTests))]
    public async Task EngineLogsRecordsAndUrls_AfterWholeTerminations_NameNobody()
    {
        await using var host = await LocalHostProcess.StartAsync(clock: new(2026, 2, 10), seeded: false);
        var owners = await SmallCompany.FoundAsync(host, 4);
        var (ended, undone, unlucky, other) = (owners[0], owners[1], owners[2], owners[3]);
        var links = new List<string>();

        var reference = await ended.AskAsync();
        var dates = await ended.ConfirmAsync();
        await new DataSubject(host, ended.Address).FetchAsync(await ended.LinkAsync(TerminationMails.Export));
        foreach (var mail in new[] { TerminationMails.Confirm, TerminationMails.Ends, TerminationMails.Export })
            links.Add(await ended.LinkAsync(mail));
        await undone.BeEndedAsync();
        links.Add(await undone.LinkAsync(TerminationMails.Ends));
        using (var answer = await undone.PressAsync(TerminationMails.Ends)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stranger = new Owner(host, other.Address, unlucky.Account);
        await stranger.AskAsync();
        using (var answer = await stranger.PressAsync(TerminationMails.Confirm))
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);

        // A failing step writes most.
        await host.RefuseMailsAsync(next: 8, status: 503);
        await unlucky.AskAsync();
        await host.PassAsync(TimeSpan.FromHours(3));
        await host.PassToAsync(new(dates.PurgeOn.AddDays(36), TimeOnly.MinValue, TimeSpan.Zero));
        Assert.Equal("closed", (await host.CaseAsync(reference)).Status());
        Assert.Equal(4, await unlucky.ItemsAsync());

        var written = new Dictionary<string, string>();
        await foreach (var (table, row) in RecordsLook.RowsAsync(host.Storage))
            written[table] = written.GetValueOrDefault(table, "") + '\n' + row;
        await host.KillAsync(); // so that no file is being written
        (written["output"], written["links"]) = (host.Output, string.Join('\n', links));
        foreach (var file in Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(IsNotStorageOrMail))
            written[Path.GetRelativePath(host.Folder, file)] = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file));

        var engine = written.Where(part => part.Key.StartsWith("engine.db", StringComparison.Ordinal)).Select(part => part.Value);
        Assert.Contains($"termination-{reference}", string.Concat(engine)); // it looks where something is
        Assert.Contains("AskOwner", host.Output);
        foreach (var (place, text) in written)
            foreach (var trace in owners.SelectMany(TracesOf))
                Assert.False(text.Contains(trace, StringComparison.OrdinalIgnoreCase), $"{place} holds {trace}.");

        bool IsNotStorageOrMail(string path) =>
            !path.StartsWith(Path.Combine(host.Folder, "azurite") + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !path.StartsWith(Path.Combine(host.Folder, "outbox") + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    // As they are, as JSON and URLs write them, and as the unkeyed hash that anybody could make.
    private static IEnumerable<string> TracesOf(Owner owner)
    {
        var number = int.Parse(owner.Account[^5..], System.Globalization.CultureInfo.InvariantCulture);
        foreach (var plain in new[] { owner.Address, $"Owner {number}", $"Contact c-1 of {number}" })
        {
            yield return plain;
            yield return JsonEncodedText.Encode(plain).ToString();
            yield return Uri.EscapeDataString(plain);
            yield return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(plain));
            yield return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
        }
    }
}

using System.Net;
using System.Net.Http.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>No form looks whether the company knows whose mailbox it is: with its data out of reach each is taken in, and asked about, as ever.</summary>
[Clause("C-SECURE")]
public class UnreachableCompanyTests
{
    [LocalFact("cuts its host off from the company's data", typeof(BadInputTests))]
    public async Task Request_OfWhomever_IsTakenInAndAskedAbout_WithoutALookAtTheCompanysData()
    {
        StorageRelay? company = null;
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false, also: app =>
        {
            company = new StorageRelay(app.Configuration["Records:Storage"]!);
            foreach (var system in DataMapRegister.LoadEmbedded().OfCompany.Select(set => set.System).Distinct())
                app.Configuration[$"Sources:{system}:Storage"] = company.ConnectionString;
        });
        using var relay = company!;
        Assert.True(relay.WasUsed); // by its start, which looks whether the stores are there
        await SmallCompany.FoundAsync(host, accounts: 1);
        var (known, _) = await SmallCompany.JoinAsPersonAsync(host);
        relay.CutOff();

        foreach (var person in new[] { known, DataSubject.Stranger(host) })
            foreach (var kind in Kinds.Requests.All)
            {
                using var page = await host.App.GetAsync(kind.Path);
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
                using var answer = await host.App.PostAsJsonAsync(kind.Path, new
                {
                    email = person.Address, ground = kind is { NeedsGround: true, Grounds: [var ground, ..] } ? ground : null, text = kind.Text is null ? null : Objecting.Reasons,
                });
                Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{kind.Kind}: {answer.StatusCode}");
                if (kind.AsksForProof) await host.Outbox.ReceiveAsync(person.Address, kind.Words.Proof!.ConfirmSubject);
            }
    }
}

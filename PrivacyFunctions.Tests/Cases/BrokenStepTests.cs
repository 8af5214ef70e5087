using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>A step that stays broken is noted on a real table, whichever of a case's workflows has it.</summary>
[Clause("C-SECURE")]
public class BrokenStepTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("purge:service-files-0")]
    public async Task SameBreakdown_AfterEachRestart_IsShownAndTakenAwayAnew(string? scope)
    {
        var records = await SharedRecords.OpenAsync();
        var mails = new CaseMails(
            records.Storage, new Contacts(records.Storage), TestLetters.Writer, new ListeningMailer(),
            Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }), TimeProvider.System);
        var attention = new NoteAttention(
            records.Cases, new(new(DataMapRegister.LoadEmbedded(), mails)), NullLogger<NoteAttention>.Instance);
        var broken = new BrokenStep(await records.OpenCaseAsync(), "PackageExport", 3, scope);

        for (var restarts = 0; restarts < 3; restarts++)
        {
            await attention.RunAsync(broken, default);
            await attention.RunAsync(broken, default);
            Assert.Equal(["PackageExport"], await records.AttentionAsync(broken.CaseId));
            await new NoteRecovery(records.Cases).RunAsync(broken, default);
            Assert.Empty(await records.AttentionAsync(broken.CaseId));
            await attention.RunAsync(broken, default); // repeated late: it has been noted
            Assert.Empty(await records.AttentionAsync(broken.CaseId));
            await records.RestartAsync(broken.CaseId);
        }

        var facts = (await records.Cases.AuditAsync(broken.CaseId, default)).Select(row => row.Entry.Fact).ToList();
        Assert.Equal(3, facts.Count(fact => fact is CaseFact.AttentionNeeded));
        Assert.Equal(3, facts.Count(fact => fact is CaseFact.AttentionOver));
    }
}

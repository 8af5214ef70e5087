using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Access;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Objection;
using PrivacyFunctions.Requests.Portability;
using PrivacyFunctions.Requests.Receipts;
using PrivacyFunctions.Requests.SignIns;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Requests;

/// <summary>
/// Takes in requests on real tables, with the real engine and the steps up to the confirmation mail. The triggers and the steps
/// count their requests apart.
/// </summary>
internal sealed class IntakeDesk : IAsyncDisposable
{
    private static readonly EphemeralDataProtectionProvider Protection = new();
    private static readonly IOptions<SiteOptions> Site = Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") });

    private readonly EngineRun _run;
    private readonly RoundTrips _trigger;
    private readonly RoundTrips _steps;
    private readonly Parts _receiving;
    private readonly ReceiveRequest _requests;
    private readonly ReceiveTermination _terminations;

    private IntakeDesk(EngineRun run, RoundTrips trigger, Parts receiving, RoundTrips steps)
    {
        (_run, _trigger, _steps, _receiving) = (run, trigger, steps, receiving);
        var dispatcher = new IntentDispatcher(
            receiving.Cases, receiving.Hints, Kinds.All, NullLogger<IntentDispatcher>.Instance);
        var newCases = new NewCases(receiving.Cases, receiving.Contacts, receiving.People, receiving.Statements);
        _requests = new(
            Kinds.Requests,
            new(
                new(receiving.Cases, newCases, receiving.Statements, receiving.People, receiving.Admission, receiving.Clocks,
                    new(receiving.Storage, TimeProvider.System), receiving.Time),
                [receiving.StopMarketing()], receiving.Receipts, receiving.Time, dispatcher, NullLogger<Reception>.Instance),
            new(new(Options.Create(new SignInOptions()), receiving.People, TimeProvider.System, NullLogger<SignInTokens>.Instance), new(DataMapRegister.LoadEmbedded(), new([])), NullLogger<SignInDesk>.Instance),
            receiving.Time);
        _terminations = new(
            receiving.Cases, newCases, receiving.People, receiving.Admission, receiving.Time, dispatcher,
            DataMapRegister.LoadEmbedded(), Options.Create(new PolicyOptions()));
    }

    public ListeningMailer Mailer { get; } = new();

    /// <param name="isSigning">Whether the posts can sign receipts; the mails can.</param>
    public static async Task<IntakeDesk> OpenAsync(bool isSigning = true)
    {
        var (trigger, steps) = (new RoundTrips(), new RoundTrips());
        var pepper = Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) });
        var (receiving, working) = (new Parts(await trigger.OpenAsync(), pepper, isSigning ? Protection : NoRing()), new Parts(await steps.OpenAsync(), pepper, Protection));
        var functions = new TestFunctions();
        var desk = new IntakeDesk(await EngineRun.StartAsync(functions), trigger, receiving, steps);
        desk.Add(functions, working);
        return desk;
    }

    public static EmailAddress Stranger() => EmailAddress.Parse($"asks-{Guid.NewGuid():N}@example.org");

    /// <summary>Posts a request; its workflow then goes as far as it can.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="person">Whose; the same person is the same submission.</param>
    /// <param name="isEngineAway">Whether the engine cannot be reached.</param>
    public async Task<CaseId> PostAsync(CaseKind kind, EmailAddress person, bool isEngineAway = false)
    {
        var client = isEngineAway ? Unreachable() : _run.Client;
        var request = new DefaultHttpContext().Request;
        (request.Method, request.ContentType) = ("POST", "application/json");
        request.Headers["Idempotency-Key"] = "the same";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"email":"{{person.Value}}","account":"a-02"}"""));
        var answer = kind == CaseKind.Termination
            ? await _terminations.RunAsync(request, client, CancellationToken.None)
            : await _requests.RunAsync(request, kind.Name, client, CancellationToken.None);
        await _run.SettleAsync();
        var said = JsonSerializer.SerializeToElement(Assert.IsAssignableFrom<IValueHttpResult>(answer).Value, JsonSerializerOptions.Web);
        return CaseId.Parse(said.GetProperty("reference").GetString()!);
    }

    /// <summary>What a request costs up to its answer, and from there up to the sending of its mail.</summary>
    public async Task<(Cost Answer, Cost Mail)> CostOfAsync(CaseKind kind, EmailAddress person)
    {
        _trigger.Reset();
        _steps.Reset();
        Cost? mail = null;
        Mailer.IsAwayFor = _ =>
        {
            mail ??= _steps.Cost;
            return false;
        };
        await PostAsync(kind, person);
        return (_trigger.Cost, mail!);
    }

    /// <summary>Its person withdraws it; then its workflow, which the host's death had stopped in its first step, does that step again.</summary>
    public async Task WithdrawAsync(CaseId id)
    {
        var open = await _receiving.Cases.GetAsync<SubjectRequest>(id, CancellationToken.None);
        await _receiving.Cases.ExecuteAsync<SubjectRequest>(id, "withdraw", Actors.Subject, RequestDecisions.Withdraw, [], CancellationToken.None);
        var workflow = Kinds.All.Of(open.Kind);
        await _run.Client.StartOnceAsync(workflow.Orchestrator, Workflow.InstanceOf(open.Kind, id), workflow.InputOf(open), CancellationToken.None);
        await _run.SettleAsync();
    }

    /// <summary>Whether the mailbox of a case is known.</summary>
    public async Task<bool> KnowsMailboxAsync(CaseId id) => await _receiving.Contacts.FindAsync(id, CancellationToken.None) is not null;

    /// <summary>Since when no advertising may go to them.</summary>
    public Task<DateTimeOffset?> ObjectedAtAsync(EmailAddress person) => _receiving.Suppressions.SinceAsync(
        new(_receiving.People.KeyOf(person), NewsletterName.Parse("news")), CancellationToken.None);

    /// <summary>How many intents and hints of a case there are.</summary>
    public async Task<(int Intents, int Hints)> LeftToDoAsync(CaseId id) => (
        (await _receiving.Cases.IntentsAsync(id, CancellationToken.None)).Count,
        await _receiving.Hints.OfCaseAsync(id, CancellationToken.None).CountAsync());

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    // As while the storage that the key ring lies in is away.
    private static IDataProtectionProvider NoRing()
    {
        var away = new CryptographicException("away", new HttpRequestException());
        var seal = new Mock<IDataProtector>();
        seal.Setup(each => each.CreateProtector(It.IsAny<string>())).Returns(seal.Object);
        seal.Setup(each => each.Protect(It.IsAny<byte[]>())).Throws(away);
        seal.Setup(each => each.Unprotect(It.IsAny<byte[]>())).Throws(away);
        return seal.Object;
    }

    private static DurableTaskClient Unreachable()
    {
        var client = new Mock<DurableTaskClient>("away") { CallBase = true };
        client.Setup(away => away.GetInstanceAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new HttpRequestException());
        return client.Object;
    }

    private void Add(TestFunctions functions, Parts working)
    {
        var links = working.Links;
        var mails = new CaseMails(working.Storage, working.Contacts, TestLetters.Writer, Mailer, Site, TimeProvider.System);
        var mail = new MailOrNote(working.Cases, mails);
        var agents = new AgentMails(
            working.Contacts, mails, Kinds.Requests, new(working.Storage, working.People, TimeProvider.System), working.Time);
        var earlier = new EarlierRequests(
            working.Cases, working.Contacts, working.People, Kinds.Requests, null!, NullLogger<EarlierRequests>.Instance); // nobody proves anything here
        var parting = new Parting(
            working.Contacts, new(working.Storage, working.People, TimeProvider.System),
            new(working.Cases, new(working.Storage, Protection), new(working.Storage, Protection)), mail, agents, links);
        var admit = new AdmitRequest(
            working.Cases, working.Contacts, Kinds.Requests, working.Admission, working.Clocks, earlier, null!, // nobody signs in here
            new(Kinds.Requests, working.Receipts, mail), parting);
        var ask = new AskForConfirmation(working.Cases, Kinds.Requests, working.Receipts, mail, agents, links, working.Time);
        var map = DataMapRegister.LoadEmbedded();
        var nobody = new AdvertisingRecipients( // advertises by any data set
            working.Contacts, working.People,
            new(map.Company, map.Recipients, [.. map.Systems.Select(system => system with { DataSets = [.. system.DataSets.Select(set => set with { Recipients = [] })] })]),
            null!, null!, null!, null!, working.Time);
        var owner = new AskOwner(working.Cases, working.Contacts, working.Admission, mail, links, working.Time);
        functions.WithCommonStages()
            .Orchestrator(nameof(RunAccessRequest), Procedures.Of(RunAccessRequest.RunAsync))
            .Orchestrator(nameof(RunPortabilityRequest), Procedures.Of(RunPortabilityRequest.RunAsync))
            .Orchestrator(nameof(RunErasureRequest), Procedures.Of(RunErasureRequest.RunAsync))
            .Orchestrator(nameof(RunTermination), Procedures.Of(RunTermination.RunAsync))
            .Orchestrator(nameof(RunObjection), Procedures.Of(RunObjection.RunAsync))
            .AsyncActivity<CaseStep, object?>(nameof(StopMarketing), async step =>
            {
                await working.StopMarketing().RunAsync(step, CancellationToken.None);
                return null;
            })
            .AsyncActivity<CaseStep, object?>(nameof(TellMarketingStopped), async step =>
            {
                await new TellMarketingStopped(working.Cases, working.Receipts, mail, nobody, working.Time).RunAsync(step, CancellationToken.None);
                return null;
            })
            .AsyncActivity<CaseStep, CaseStatus>(
                nameof(CloseCase), step => new CloseCase(working.Cases, parting, new(agents, null!, earlier), working.Time).RunAsync(step, CancellationToken.None))
            .AsyncActivity<CaseStep, CaseStatus>(nameof(AdmitRequest), step => admit.RunAsync(step, CancellationToken.None))
            .AsyncActivity<CaseStep, object?>(nameof(AskForConfirmation), async step =>
            {
                await ask.RunAsync(step, CancellationToken.None);
                return null;
            })
            .AsyncActivity<CaseStep, bool>(nameof(AskOwner), step => owner.RunAsync(step, CancellationToken.None));
    }

    /// <summary>What reads and writes the records.</summary>
    private sealed class Parts(RecordStorage storage, IOptions<PrivacyOptions> pepper, IDataProtectionProvider ring)
    {
        public RecordStorage Storage { get; } = storage;

        public LegalTime Time { get; } = LegalTimes.In("Europe/Dublin");

        public People People { get; } = new(storage, pepper, TimeProvider.System);

        public Contacts Contacts { get; } = new(storage);

        public Statements Statements { get; } = new(storage, Protection, new(storage, Protection));

        public SiteLinks Links { get; } = new(Site, new LinkTokens(Protection));

        public ReceiptDesk Receipts => field ??= new(new(Storage, ring, TimeProvider.System), DataMapRegister.LoadEmbedded(), Site, Links, Time);

        public EarlierClocks Clocks => field ??= new(Cases, People, Time, NullLogger<EarlierClocks>.Instance);

        public Suppressions Suppressions => field ??= new(Storage, People, Time);

        public StopMarketing StopMarketing() => new(Cases, Contacts, People, Suppressions, Time);

        public PendingHints Hints { get; } = new(storage, TimeProvider.System);

        public CaseStore Cases => field ??= new(Storage, Hints, new(Storage, TimeProvider.System), Kinds.Json, TimeProvider.System);

        public Admission Admission => field ??= new(new(Storage, People, TimeProvider.System), Cases, TimeProvider.System);
    }
}

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Watch;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Faults;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Access;
using PrivacyFunctions.Requests.ByPost;
using PrivacyFunctions.Requests.Complaint;
using PrivacyFunctions.Requests.Doubts;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Messages;
using PrivacyFunctions.Requests.Objection;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Requests.Portability;
using PrivacyFunctions.Requests.Receipts;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Rectification;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.SignIns;
using PrivacyFunctions.Requests.Use;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Web;
using SendGrid;

namespace PrivacyFunctions;

/// <summary>The one composition root, the same on every host.</summary>
public static class Composition
{
    /// <summary>Registers the app's services and worker middleware; wrong settings stop the start with a sentence each.</summary>
    public static IFunctionsWorkerApplicationBuilder AddPrivacyFunctions(
        this IFunctionsWorkerApplicationBuilder builder, IConfiguration configuration)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IDatedSource>(provider => provider.GetRequiredService<ClosedCases>()); // before those of whole stores
        services.AddDataMap(configuration).AddSources();
        services.AddRecords(configuration).AddLinks(configuration).AddMail(configuration).AddClock(configuration);
        services.AddCases().AddSignIns(configuration).AddPackages().AddKindsOfCases().AddLegalHolds().AddExports().AddBackups().AddNewsletters().AddSweeps();
        services.AddSingleton<IExceptionPropertiesProvider, FailureKinds>().AddHostedService<CheckStores>();
        services.AddLogging(logging => logging.KeepQuiet());
        // A body that is refused unread is taken off the line all the same; the host has a limit of its own.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.UseMiddleware<SecurityHeaders>();
        builder.UseMiddleware<NeutralFailures>();
        builder.UseMiddleware<FailedTimers>();
        builder.UseMiddleware<CallerCheck>();
        return builder;
    }

    private static IServiceCollection AddRecords(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<PrivacyOptions>(configuration, PrivacyOptions.Section);
        services.AddSingleton(_ => RecordStorage.Open(configuration["Records:Storage"]));
        return services
            .AddSingleton<CaseJson>().AddSingleton<CaseStore>().AddSingleton<NewCases>().AddSingleton<PendingHints>()
            .AddSingleton<CaseIndex>().AddSingleton<EarlierCases>().AddSingleton<People>().AddSingleton<Contacts>().AddSingleton<IForgottenWithCase>(services => services.GetRequiredService<Contacts>()).AddSingleton<Statements>().AddSingleton<CaseMessages>().AddSingleton<MessageFiles>().AddSingleton<ISealedRecords>(services => services.GetRequiredService<Statements>())
            .AddSingleton<DueIndex>().AddSingleton<OnceRuns>().AddSingleton<ErasureLedger>().AddSingleton<ViewLog>()
            .AddSingleton<CallerKeys>();
    }

    private static IServiceCollection AddClock(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<PolicyOptions>(configuration, PolicyOptions.Section);
        return services.AddSingleton<IValidateOptions<PolicyOptions>, ValidatePolicy>().AddSingleton<LegalTime>();
    }

    private static IServiceCollection AddLinks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<SiteOptions>(configuration, SiteOptions.Section);
        services.AddSingleton<IValidateOptions<SiteOptions>, ValidateSite>();
        services.AddDataProtection().SetApplicationName("PrivacyFunctions");
        services.AddSingleton<BlobKeyRing>().AddSingleton<SealedKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<BlobKeyRing, SealedKeys>(
            (options, ring, seal) => (options.XmlRepository, options.XmlEncryptor) = (ring, seal));
        return services.AddSingleton<LinkTokens>().AddSingleton<SiteLinks>();
    }

    private static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<MailOptions>(configuration, MailOptions.Section);
        services.AddValidated<SendGridOptions>(configuration, SendGridOptions.Section);
        // A mail is posted again by its case, which knows whether it went.
        services.AddHttpClient(nameof(SendGridMailer)).AddStandardResilienceHandler(
            options => options.Retry.DisableForUnsafeHttpMethods());
        services.AddTransient<ISendGridClient>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<SendGridOptions>>().Value;
            var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SendGridMailer));
            return new SendGridClient(
                http, new SendGridClientOptions { ApiKey = options.ApiKey, Host = options.Host.AbsoluteUri.TrimEnd('/') });
        });
        services.AddSingleton<CasePage>(provider => provider.GetRequiredService<CaseLinks>().ToPage);
        return services.AddSingleton<LetterWriter>().AddTransient<IMailer, SendGridMailer>().AddTransient<CaseMails>();
    }

    private static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<CaseKinds>().AddSingleton<IntentDispatcher>().AddSingleton<CaseInstances>()
        .AddSingleton<Admission>().AddSingleton<MailAllowance>()
        .AddTransient<MailOrNote>().AddTransient<OfficerMails>().AddTransient<AttentionMails>()
        .AddTransient<DueWatch>().AddTransient<QuestionWatch>().AddTransient<DailyDigest>().AddTransient<SilenceWatch>().AddTransient<AttentionWatch>();

    private static IServiceCollection AddSignIns(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<SignInOptions>(configuration, SignInOptions.Section);
        services.AddSingleton<IValidateOptions<SignInOptions>, ValidateSignIn>();
        return services.AddSingleton<SignInTokens>().AddSingleton<SignInDesk>().AddSingleton<UsedSignIns>().AddTransient<SignedInMails>();
    }

    // In the order in which people see them.
    internal static IServiceCollection AddKindsOfCases(this IServiceCollection services) => services
        .AddSingleton<RequestKinds>().AddSingleton<MailboxOwners>().AddSingleton<TakeInRequest>().AddSingleton<Reception>().AddSingleton<Entries>()
        .AddSingleton<EarlierClocks>().AddSingleton<EarlierRequests>()
        .AddSingleton<ReceiptKeys>().AddSingleton<ReceiptDesk>().AddSingleton<ArguedDecisions>().AddSingleton<ToldClosing>().AddSingleton<CaseLinks>().AddSingleton<Uploads>()
        .AddTransient<TakeInMessage>().AddSingleton<SentProofs>().AddSingleton<IForgottenWithCase>(services => services.GetRequiredService<SentProofs>()).AddSingleton<MessageOwners>().AddTransient<AgentMails>().AddTransient<UponProof>().AddTransient<LastWord>().AddTransient<Parting>().AddRecipientNotices()
        .AddAccessRequests().AddPortabilityRequests().AddRectifications().AddErasureRequests().AddRestrictions().AddUseObjections()
        .AddObjections().AddComplaints().AddTerminations().AddPostalRequests();

    private static IServiceCollection AddLegalHolds(this IServiceCollection services) => services
        .AddSingleton<Holds>().AddTransient<PersonHolds>().AddSingleton<HoldReviews>().AddTransient<HoldList>().AddSingleton<HoldLinks>().AddSingleton<DirectoryLinks>()
        .AddSingleton<StoppedUse>();

    private static IServiceCollection AddExports(this IServiceCollection services) => services
        .AddSingleton<ExportFolder>().AddSingleton<StoredPackages>().AddTransient<PackageEnding>().AddSingleton<PackageEnds>().AddSingleton<DownloadCodes>()
        .AddSingleton<IForgottenWithCase>(services => services.GetRequiredService<DownloadCodes>()).AddSingleton<MailedCodes>().AddSingleton<AfterTheHour>();

    private static IServiceCollection AddBackups(this IServiceCollection services) => services
        .AddSingleton<BackupArchive>().AddSingleton<BackupLedger>().AddSingleton<BackupSearch>().AddSingleton<BackupShelf>()
        .AddSingleton<StoreCopies>().AddSingleton<NightCopy>().AddSingleton(PartLimits.Ordinary)
        .AddTransient<BackupWatch>();

    private static IServiceCollection AddNewsletters(this IServiceCollection services) => services
        .AddSingleton<UnsubscribeLinks>().AddSingleton<Suppressions>().AddSingleton<Subscribers>()
        .AddSingleton<ReaderWishes>()
        .AddSingleton<Campaigns>().AddSingleton<Recipients>().AddSingleton<NewsletterStarts>()
        .AddTransient<NewsletterPost>().AddSingleton<SentMessages>().AddTransient<MessageGate>();

    private static IServiceCollection AddSweeps(this IServiceCollection services) => services
        .AddSingleton<SweptSets>().AddSingleton<ClosedCases>().AddSingleton<SweepReports>().AddSingleton<SweepAttention>().AddSingleton<PageSweep>()
        .AddTransient<Protectors>().AddSingleton<Func<Protectors>>(services => services.GetRequiredService<Protectors>);

    // The host does not apply host.json's levels to what the worker logs. At Information, ASP.NET Core writes the path of every
    // request, and the token in a link's path opens what it is for; HTTP clients and storage write addresses with keys in them;
    // and durable functions and the worker write several lines for each step, which bury ours.
    internal static void KeepQuiet(this ILoggingBuilder logging)
    {
        foreach (var category in (string[])
            [
                "Azure", "DurableTask", "Grpc", "Microsoft.AspNetCore", "Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask",
                "Polly", "System.Net.Http",
            ])
            logging.AddFilter(category, LogLevel.Warning);
    }
}

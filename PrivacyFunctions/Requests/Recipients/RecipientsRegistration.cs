using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>Registers what tells recipients, and follows what they answer.</summary>
internal static class RecipientsRegistration
{
    public static IServiceCollection AddRecipientNotices(this IServiceCollection services) => services
        .AddSingleton<OpenNotices>().AddSingleton<NoticeRows>().AddSingleton<ISealedRecords>(provider => provider.GetRequiredService<NoticeRows>())
        .AddSingleton<Notices>().AddSingleton<NoticeLinks>().AddSingleton<KnownRecipients>().AddTransient<RecipientDesk>();
}

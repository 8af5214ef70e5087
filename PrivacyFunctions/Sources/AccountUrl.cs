namespace PrivacyFunctions.Sources;

/// <summary>The endpoints of one storage account differ in one label: <c>NAME.blob.core…</c>,
/// <c>NAME.table.core…</c>.</summary>
internal static class AccountUrl
{
    /// <param name="service"><c>blob</c> or <c>table</c>.</param>
    /// <exception cref="InvalidOperationException">The host is not that of a storage account's blob or table service.</exception>
    public static Uri Of(Uri given, string service)
    {
        var labels = given.Host.Split('.');
        if (labels.Length < 3 || labels[1] is not ("blob" or "table"))
            throw new InvalidOperationException(
                $"'{given.Host}' is no storage account: https://NAME.blob.core.windows.net is expected.");
        labels[1] = service;
        return new UriBuilder(given) { Host = string.Join('.', labels) }.Uri;
    }
}

// An installation that nobody has. Tests compile main.bicep with these values and compare the resources that the compiler
// predicts with example.snapshot.json beside this file; a test that fails says how to renew it. The two secrets are none.
using '../main.bicep'

param environmentName = 'example'
param location = 'swedencentral'
param mailFrom = 'privacy@example.com'
param mailFromName = 'Example privacy team'
param pepper = 'not a pepper'
param sendGridApiKey = 'not a key'
param sources = [
  {
    system: 'sales'
    storageAccount: 'stsalesexample'
    resourceGroup: 'rg-sales'
  }
  {
    system: 'support'
    storageAccount: 'stsupportexample'
    resourceGroup: 'rg-support'
    subscriptionId: '00000000-0000-0000-0000-000000000003'
  }
]
param furtherSettings = {
  Policy__ExportDays: '30'
}
